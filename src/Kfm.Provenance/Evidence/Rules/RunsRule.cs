namespace Kfm.Provenance.Evidence.Rules;

/// <summary>C1: every run of the document is a run of the record under its id, and ended as the record says.</summary>
internal sealed class RunsRule : ConsistencyRule
{
    public override string Id => "C1";

    public override IEnumerable<(string Pointer, string Message)> Check(ConsistencyInput input)
    {
        foreach (var (run, pointer) in input.Claimed<Run>())
        {
            var known = input.Expected.Find(run.Key);
            if (known is null)
            {
                yield return (pointer, $"the record has no run {run.Key} here");
            }
            else if (known.Outcome != run.Outcome || known.Parent != run.Parent)
            {
                yield return (pointer, $"the record holds {ConsistencyInput.Show(known)}, not {ConsistencyInput.Show(run)}");
            }
        }

        var claimed = input.Claimed<Run>().Select(c => c.Fact.Key).ToHashSet();
        foreach (var run in input.Missing<Run>().Where(r => !claimed.Contains(r.Key)))
        {
            yield return ("", $"the run {run.Key} is missing");
        }

        foreach (var (run, id, pointer) in input.Claims.RunIds.Where(c => c.Id != input.Expected.RunId(c.Run)))
        {
            yield return (pointer, $"the id of {run} is {input.Expected.RunId(run)}, not {id}");
        }
    }
}
