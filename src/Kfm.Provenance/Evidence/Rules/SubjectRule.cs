namespace Kfm.Provenance.Evidence.Rules;

/// <summary>C5: the document is about the repository, commit, pull request and workflow run of the record.</summary>
internal sealed class SubjectRule : ConsistencyRule
{
    public override string Id => "C5";

    public override IEnumerable<(string Pointer, string Message)> Check(ConsistencyInput input)
    {
        foreach (var difference in input.Differences<Trace>())
        {
            yield return difference;
        }

        foreach (var (id, pointer) in input.Claims.TraceIds.Where(c => c.Id != input.Expected.TraceId))
        {
            yield return (pointer, $"the id of the trace is {input.Expected.TraceId}, not {id}");
        }

        var head = input.Expected.Trace.HeadCommit;
        if (input.HeadClaim is var (commit, at) && !string.Equals(commit, head, StringComparison.Ordinal))
        {
            yield return (at, $"the commit is {head}, not {commit}");
        }
    }
}
