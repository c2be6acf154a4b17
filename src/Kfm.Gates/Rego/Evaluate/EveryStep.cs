namespace Kfm.Gates.Rego.Evaluate;

/// <summary>every: holds when the body holds for each member. An undefined domain, or one that is no collection, does not hold.</summary>
internal sealed class EveryStep(PlanTerm domain, Step members) : TestStep
{
    /// <summary>The members step iterates and then looks for one that breaks the body.</summary>
    internal override bool Try(Frame frame) =>
        domain.Eval(frame) is RegoArray or RegoObject or RegoSet && !members.Run(frame);

    internal override void Describe(SlotUse use)
    {
        domain.Describe(use);
        use.Body(members);
        use.Impure();
    }
}
