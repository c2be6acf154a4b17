namespace Kfm.Provenance.Evidence.Rules;

/// <summary>C2: each run wrote what the record says.</summary>
internal sealed class OutputsRule : ConsistencyRule
{
    public override string Id => "C2";

    public override IEnumerable<(string Pointer, string Message)> Check(ConsistencyInput input) => input.Differences<Generated>();
}
