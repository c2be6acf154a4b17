using System.Globalization;
using Kfm.Provenance.Tuf;
using Kfm.Testing;

namespace Kfm.Conformance.Tests.Suites;

/// <summary>Static TUF repositories: from the initial root to the target, online and then offline from what was kept.</summary>
internal static class TufStaticCases
{
    public static IEnumerable<SuiteCase> Read(string folder) => Directory
        .EnumerateDirectories(Path.Combine(folder, "tuf-static"))
        .Order(StringComparer.Ordinal)
        .Select(d => new SuiteCase("tuf-static/" + Path.GetFileName(d), () => CheckAsync(d).GetAwaiter().GetResult()));

    private static async Task<string?> CheckAsync(string folder)
    {
        using var cache = new TemporaryDirectory();
        var path = (await File.ReadAllTextAsync(Path.Combine(folder, "targetpath"))).Trim();
        var root = await File.ReadAllBytesAsync(Path.Combine(folder, "initial_root.json"));
        var time = DateTimeOffset.Parse(await File.ReadAllTextAsync(Path.Combine(folder, "faketime")), CultureInfo.InvariantCulture);
        var repository = new DirectoryTufRepository(Path.Combine(folder, "metadata"), Path.Combine(folder, "targets"));
        foreach (var source in new[] { repository, null })
        {
            var client = new TufClient(root, new TufCache(cache.Path), source, new SteppingTimeProvider(time));
            await client.RefreshAsync();
            if (await client.FindTargetAsync(path) is not { } target)
            {
                return $"'{path}' is not found";
            }

            if ((await client.DownloadTargetAsync(target)).Length != target.Length)
            {
                return $"'{path}' has another length";
            }
        }

        return null;
    }
}
