namespace Kfm.Provenance.Evidence.Rules;

/// <summary>C6: verdict, reasons, policies and the digests of decision and input are those that the record holds.</summary>
internal sealed class DecisionRule : ConsistencyRule
{
    public override string Id => "C6";

    public override IEnumerable<(string Pointer, string Message)> Check(ConsistencyInput input) =>
        input.Differences<Decided>().Concat(input.DecisionClaim is { } claim ? Partial(claim, input.Decided) : []);

    private static IEnumerable<(string Pointer, string Message)> Partial(DecisionClaim claim, Decided? decided)
    {
        if (decided is null)
        {
            yield return (claim.Pointer, "the record holds no decision");
            yield break;
        }

        if (claim.Verdict is { } verdict && verdict != decided.Verdict)
        {
            yield return (claim.Pointer, $"the verdict is {EnumText.Write(decided.Verdict)}, not {EnumText.Write(verdict)}");
        }

        if (claim.Reasons is { } reasons && !reasons.SequenceEqual(decided.Reasons, StringComparer.Ordinal))
        {
            yield return (claim.Pointer, $"the reasons are [{string.Join("; ", decided.Reasons)}], not [{string.Join("; ", reasons)}]");
        }

        if (claim.PolicySet is { } policies && policies != decided.PolicySet)
        {
            yield return (claim.Pointer, $"the policies are {decided.PolicySet}, not {policies}");
        }

        if (claim.Input is { } read && read != decided.Input)
        {
            yield return (claim.Pointer, $"the input is {decided.Input}, not {read}");
        }

        if (claim.Decision is { } decision && decision != decided.Decision)
        {
            yield return (claim.Pointer, $"the decision is {decided.Decision}, not {decision}");
        }
    }
}
