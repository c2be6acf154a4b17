namespace Kfm.Provenance.Evidence.Rules;

/// <summary>C4: each run started and ended when the record says, to the millisecond.</summary>
internal sealed class TimesRule : ConsistencyRule
{
    public override string Id => "C4";

    public override IEnumerable<(string Pointer, string Message)> Check(ConsistencyInput input)
    {
        foreach (var (run, pointer) in input.Claimed<Run>())
        {
            if (input.Expected.Find(run.Key) is { } known && (known.Started != run.Started || known.Ended != run.Ended))
            {
                yield return (pointer, $"the run {run.Key} lasted from {Span(known)}, not from {Span(run)}");
            }
        }
    }

    private static string Span(Run run) => EvidenceTime.Format(run.Started) + " to " + EvidenceTime.Format(run.Ended);
}
