using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.InToto;

/// <summary>Reads back what the summary of <see cref="VsaProjection"/> claims.</summary>
internal sealed class VsaReader(JsonCursor statement, Claims claims)
{
    public void Read()
    {
        var predicate = statement.Member("predicate");
        StatementParts.Evidence(predicate.Member("kfm_evidence"), claims);
        var json = predicate.Member("kfm_run");
        var run = FactReader.RunFact(json) with { Ended = predicate.Member("timeVerified").Time() };
        claims.Add(run, json);
        claims.AddRunId(run.Key, predicate.Member("kfm_runId"), "urn:uuid:");
        Trace(predicate);
        Decision(predicate, run.Key);
        if (predicate.Optional("kfm_verifier") is { } verifier)
        {
            claims.Add(FactReader.Actor(verifier), verifier);
            var id = predicate.Member("verifier").Member("id");
            claims.Add(new AssociatedWith(run.Key, id.Text(), "verifier"), id);
        }
    }

    private void Trace(JsonCursor predicate)
    {
        var commit = Only(statement.Member("subject")).Member("digest").Member("gitCommit");
        claims.Add(FactReader.Trace(predicate.Member("kfm_trace")) with { HeadCommit = commit.Text() }, commit);
    }

    private void Decision(JsonCursor predicate, RunKey run)
    {
        var json = predicate.Member("kfm_decision");
        string[] reasons = [.. json.Member("reasons").Items().Select(r => r.Text())];
        var decided = new Decided(
            run,
            json.Member("decision").Digest(),
            StatementParts.Sha256(Only(predicate.Member("inputAttestations")).Member("digest")),
            StatementParts.Sha256(predicate.Member("policy").Member("digest")),
            json.Member("verdict").Word<Verdict>(),
            FactListBuilder.Create<string>(reasons));
        claims.Add(decided, json);
        var result = predicate.Member("verificationResult");
        if (!string.Equals(result.Text(), VsaProjection.Result(decided.Verdict), StringComparison.Ordinal))
        {
            claims.Problems.Add(("C6", result.Pointer, $"the result is {result.Text()} and the verdict {EnumText.Write(decided.Verdict)}"));
        }
    }

    private static JsonCursor Only(JsonCursor list) => list.Items().ToList() is [var only]
        ? only
        : throw list.Error("one item is expected");
}
