using Kfm.Agent.Autonomy;
using Kfm.Agent.Designs;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Stages;

/// <summary>The review of a design that a model may be asked by: whether it is needed, given, and good.</summary>
internal static class DesignReviews
{
    /// <summary>The name of the check.</summary>
    public const string Check = "design.reviewed";

    private const long Longest = 1 << 20;

    /// <summary>Takes the reviews that the caller gives into bundle and record.</summary>
    /// <returns>What is missing before a model may be asked; null when nothing is.</returns>
    public static string? Take(PipelineRun run, StageRecord record, Digest design)
    {
        var tier = run.StructuredIntent().Tier;
        if (!run.Options.AsksAgent || !DesignReviewRules.IsNeeded(tier))
        {
            return null;
        }

        var files = run.Options.DesignReviews.Select(Read).ToArray();
        var count = DesignReviewRules.Count(new DesignReviewContext(design, tier, run.Base.People)
        {
            ExcludedIds = new HashSet<string>(StringComparer.Ordinal) { run.Intent.Author },
            ExcludedKeys = files.Length == 0 ? [] : new HashSet<string>(StringComparer.Ordinal) { run.SigningKey.PublicKey.KeyId },
        }, files);
        foreach (var (name, statement) in count.Granted)
        {
            Keep(run, record, files.First(f => f.Name == name).Envelope, statement);
        }

        if (count.IsReviewed)
        {
            record.Check(Check, CheckStatus.Passed);
            return null;
        }

        var refused = count.Refused.Select(r => $"{Path.GetFileName(r.Name)} does not count: {r.Reason}");
        var why = string.Join("; ", refused.Prepend("a review of the design by " + string.Join(" and ", count.Missing) + " is missing"));
        record.Check(Check, CheckStatus.Skipped, why);
        return run.Redact(why);
    }

    /// <summary>The name of a review in a bundle: it holds the digest, so that no byte of the file can change unseen.</summary>
    public static string Name(string role, ReadOnlySpan<byte> envelope) => $"{BundleFiles.DesignReviews}/{role}-{Digest.Of(envelope).Hex[..12]}.dsse.json";

    // A review comes from outside and is read, so it is a source of the design run; who reviewed stands beside it.
    private static void Keep(PipelineRun run, StageRecord record, ReadOnlyMemory<byte> envelope, DesignReviewStatement statement)
    {
        var name = Name(statement.Role, envelope.Span);
        run.Bundle.Write(name, envelope.Span);
        record.Use(new Artifact(Digest.Of(envelope.Span), name, BundleFiles.MediaType(name), envelope.Length, ArtifactRole.Source), "review");
        run.Evidence.Add(new Actor(ActorKind.Human, statement.Person));
        record.Associate(statement.Person, "reviewer");
    }

    private static ApprovalFile Read(string path)
    {
        var file = new FileInfo(path);
        return file.Length <= Longest
            ? new ApprovalFile(path, File.ReadAllBytes(path))
            : throw new DesignReviewFormatException($"'{file.Name}' has more than {Longest} bytes", "");
    }
}
