using Kfm.Agent.Configuration;
using Kfm.Agent.Previews;
using Kfm.Agent.Processes;
using Kfm.Testing;

namespace Kfm.Agent.Tests.Previews;

/// <summary>A scratch directory and workspaces in it.</summary>
internal sealed class PreviewFixture : IDisposable
{
    private readonly TemporaryDirectory _scratch = new();

    public ProcessRunner Runner { get; } = new(new ProcessTimer(TimeProvider.System));

    public string Scratch => _scratch.Path;

    public static IReadOnlyDictionary<string, string> HostEnvironment { get; } = Environment.GetEnvironmentVariables()
        .Cast<System.Collections.DictionaryEntry>()
        .ToDictionary(entry => (string)entry.Key, entry => (string?)entry.Value ?? "", StringComparer.Ordinal);

    /// <summary>A workspace of a directory of the repository, whose kfm.json it uses.</summary>
    public async Task<PreviewWorkspace> OpenAsync(string tree, IsolationKind strongest = IsolationKind.Bubblewrap, CancellationToken cancellationToken = default)
    {
        var settings = KfmSettings.Parse(await File.ReadAllBytesAsync(Path.Combine(tree, KfmSettings.FileName), cancellationToken));
        var sandbox = await Sandbox.ProbeAsync(Runner, Scratch, strongest, cancellationToken);
        return await PreviewWorkspace.CreateAsync(sandbox, Options(settings, tree), cancellationToken);
    }

    public PreviewOptions Options(KfmSettings settings, string tree) => new()
    {
        Settings = settings,
        Checkout = (directory, _) =>
        {
            Copy(new DirectoryInfo(tree), directory);
            return Task.CompletedTask;
        },
        SourceDateEpoch = 1_700_000_000,
        HostEnvironment = HostEnvironment,
        ScratchRoot = Scratch,
    };

    public void Dispose() => _scratch.Dispose();

    private static void Copy(DirectoryInfo source, string target)
    {
        Directory.CreateDirectory(target);
        foreach (var file in source.EnumerateFiles())
        {
            file.CopyTo(Path.Combine(target, file.Name));
        }

        foreach (var folder in source.EnumerateDirectories().Where(folder => folder.Name is not ("bin" or "obj" or "artifacts")))
        {
            Copy(folder, Path.Combine(target, folder.Name));
        }
    }
}
