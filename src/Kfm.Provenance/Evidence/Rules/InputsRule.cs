namespace Kfm.Provenance.Evidence.Rules;

/// <summary>C3: each run read what the record says, as what it says.</summary>
internal sealed class InputsRule : ConsistencyRule
{
    public override string Id => "C3";

    public override IEnumerable<(string Pointer, string Message)> Check(ConsistencyInput input) => input.Differences<Used>();
}
