using Kfm.Ledger;
using Kfm.Ledger.Entries;
using Kfm.Pipeline.Bundles;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Manifests;
using Kfm.Provenance.Merkle;
using Kfm.Provenance.Signing;
using Kfm.Testing;

namespace Kfm.Pipeline.Tests.Tampering;

/// <summary>Makes a changed bundle look whole again, as far as the forger's keys reach.</summary>
internal static class Forger
{
    /// <summary>Writes SHA256SUMS anew over what stands in the bundle.</summary>
    public static void Sum(string bundle) =>
        File.WriteAllBytes(Path.Combine(bundle, BundleFiles.Sums), Sha256Sums.OfDirectory(bundle, p => !BundleFiles.IsOutsideSums(p)).ToBytes());

    /// <summary>Writes SHA256SUMS and signs a seal over it that says what the bundle's documents say now.</summary>
    public static void Seal(string bundle, LocalSigningKey key, EvidenceGraph graph)
    {
        Sum(bundle);
        var statement = new SealStatement(
            Digest.OfFile(Path.Combine(bundle, BundleFiles.Sums)), graph.TraceId, graph.Root, graph.Decision!.Decision, key.KeyId);
        File.WriteAllBytes(Path.Combine(bundle, BundleFiles.Seal), DsseEnvelope.Sign(SealStatement.PayloadType, statement.ToUtf8(), key).ToJson());
    }

    /// <summary>Appends an entry about the seal to a new log that the forger's key signs, and writes its proof.</summary>
    public static void Log(string bundle, LocalSigningKey key, EvidenceGraph graph, string folder)
    {
        var seal = new LedgerEntry
        {
            Kind = LedgerEntryKind.Seal,
            TraceId = graph.TraceId,
            Repository = graph.Trace.Repository,
            Subject = Digest.OfFile(Path.Combine(bundle, BundleFiles.Seal)),
            Links = [new LedgerLink("decision", graph.Decision!.Decision)],
            Time = DateTimeOffset.UnixEpoch,
        };
        Log(bundle, key, seal, Stages.LedgerAccess.Origin(graph.Trace.Repository), folder);
    }

    /// <summary>Appends an entry to a new log and writes its proof.</summary>
    public static void Log(string bundle, LocalSigningKey key, LedgerEntry entry, string origin, string folder)
    {
        using var log = TransparencyLog.Open(new LogOptions
        {
            Path = Path.Combine(folder, "forged.db"),
            Origin = origin,
            Signer = key,
            TimeProvider = new SteppingTimeProvider(),
        });
        var index = log.Append([entry with { Time = entry.Time.AddSeconds(1), Kind = LedgerEntryKind.Decision }, entry])[1].Index;
        File.WriteAllText(Path.Combine(bundle, BundleFiles.LedgerProof), log.ProveInclusion(index).ToString());
    }

    /// <summary>The record of a bundle.</summary>
    public static EvidenceGraph Graph(string bundle) => EvidenceGraph.Parse(File.ReadAllBytes(Path.Combine(bundle, BundleFiles.Evidence)));

    /// <summary>The proof of a bundle.</summary>
    public static TlogProof Proof(string bundle) => TlogProof.Parse(File.ReadAllText(Path.Combine(bundle, BundleFiles.LedgerProof)));
}
