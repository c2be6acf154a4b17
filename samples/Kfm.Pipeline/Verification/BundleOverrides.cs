using Kfm.Agent.Autonomy;
using Kfm.Gates.Decisions;
using Kfm.Gates.Overrides;
using Kfm.Pipeline.Bundles;
using Kfm.Pipeline.Stages;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Pipeline.Verification;

/// <summary>The overrides of a bundle and what they are counted against.</summary>
internal static class BundleOverrides
{
    /// <summary>The files in <c>overrides/</c>.</summary>
    public static IReadOnlyList<OverrideFile> Files(RunBundle bundle) => [.. bundle.Files()
        .Where(f => f.StartsWith(BundleFiles.Overrides + "/", StringComparison.Ordinal))
        .Select(f => new OverrideFile(f, bundle.Bytes(f)))];

    /// <summary>Counts the overrides; null where there are none, or the caller names no people or no time. What is no override of this decision is refused in any case.</summary>
    public static OverrideCount? Count(VerificationRun run, EvidenceGraph graph)
    {
        var files = Files(run.Bundle);
        if (files.Count == 0)
        {
            return null;
        }

        var context = Context(run.Bundle, graph, run.Trust.People ?? PeopleFile.Empty, run.Trust, run.Signer, run.Now ?? DateTimeOffset.MinValue);
        foreach (var file in files.Where(f => !f.Name.EndsWith($"-{Digest.Of(f.Envelope.Span).Hex[..12]}.dsse.json", StringComparison.Ordinal)))
        {
            run.Refuse("override.name", file.Name, "an override is named by its gate and its digest, and this is not its name");
        }

        if (run.Trust.People is not null && run.Now is not null)
        {
            return OverrideRules.Count(context, files);
        }

        foreach (var file in files)
        {
            run.Note($"{file.Name}: the caller names no people or no time, so no override counts");
            if (OverrideRules.Misfit(context, file) is { } reason)
            {
                run.Refuse("override", file.Name, reason);
            }
        }

        return null;
    }

    /// <summary>The name of an override: it holds the digest, so that no byte of the file can change unseen.</summary>
    public static string Name(string gate, ReadOnlySpan<byte> envelope) => $"{BundleFiles.Overrides}/{gate}-{Digest.Of(envelope).Hex[..12]}.dsse.json";

    /// <summary>What overrides are counted against; the policies are those of the bundle, which the decision names.</summary>
    public static OverrideContext Context(RunBundle bundle, EvidenceGraph graph, PeopleFile people, TrustFile trust, string signer, DateTimeOffset now)
    {
        var decision = Decision.Parse(bundle.Bytes(BundleFiles.Decision));
        var excluded = BundleApprovals.Context(bundle, graph, people, trust, signer);
        var terms = OverrideTerms.Of(decision, bundle.Bytes(BundleFiles.Context), BasePolicies.OfBundle(bundle).Modules);
        return new OverrideContext(decision, terms, people, now)
        {
            Repository = graph.Trace.Repository,
            Head = graph.Trace.HeadCommit,
            ExcludedIds = excluded.ExcludedIds,
            ExcludedKeys = excluded.ExcludedKeys,
        };
    }
}
