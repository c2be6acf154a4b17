using Kfm.Agent.Autonomy;
using Kfm.Pipeline.Stages;
using Kfm.Pipeline.Terminal;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;

namespace Kfm.Pipeline.Verification;

/// <summary>What the user's own state folder knows: the user's keys, and the people that the user's last run read from the base.</summary>
internal static class OwnTrust
{
    /// <summary>Trust for a repository.</summary>
    public static TrustFile For(string repository, HostEnvironment host)
    {
        using var signing = StateKeys.Existing("signing.pem", host.StateFolder);
        using var log = StateKeys.Existing("log.pem", host.StateFolder);
        var people = PeoplePath(repository, host);
        return new TrustFile(
            signing is null ? [] : [signing.PublicKey],
            log is null ? [] : [new NoteVerifier(LedgerAccess.Origin(repository), log.PublicKey)],
            File.Exists(people) ? PeopleFile.Parse(File.ReadAllBytes(people)) : null,
            null);
    }

    /// <summary>What a run trusts of its own bundle: its keys, and people and policies of the base where the repository is at hand.</summary>
    public static TrustFile OfRun(PipelineRun run, string repository)
    {
        using var log = StateKeys.Log(run.Options.LogKey, run.Host.StateFolder);
        return new TrustFile(
            [run.SigningKey.PublicKey],
            [new NoteVerifier(LedgerAccess.Origin(repository), log.PublicKey)],
            run.BaseOrNull is { PeopleBytes: not null } at ? at.People : For(repository, run.Host).People,
            run.BaseOrNull?.Policies.Digest);
    }

    /// <summary>The trust file given, else the user's own.</summary>
    public static TrustFile Load(string? path, string repository, HostEnvironment host) =>
        path is null ? For(repository, host) : TrustFile.Load(path);

    /// <summary>Keeps the people of a repository, as the base commit has them.</summary>
    public static void Remember(string repository, byte[]? people, HostEnvironment host)
    {
        if (people is not null)
        {
            var path = PeoplePath(repository, host);
            Directory.CreateDirectory(Path.GetDirectoryName(path)!);

            // By a rename, because two runs may end at once.
            var temporary = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{path}.{Environment.ProcessId}.{Environment.CurrentManagedThreadId}");
            File.WriteAllBytes(temporary, people);
            File.Move(temporary, path, overwrite: true);
        }
    }

    private static string PeoplePath(string repository, HostEnvironment host) =>
        Path.Combine(host.StateFolder, "people", Digest.Of(System.Text.Encoding.UTF8.GetBytes(repository)).Hex[..16] + ".json");
}
