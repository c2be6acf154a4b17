namespace Kfm.Gates.Rego.Evaluate;

/// <summary>print: always holds; operands may be undefined.</summary>
internal sealed class PrintStep(PlanTerm[] operands) : TestStep
{
    internal override bool Try(Frame frame)
    {
        if (frame.Evaluation.State.Options.Print is { } print)
        {
            print(string.Join(' ', operands.Select(o => o.Eval(frame) is { } v ? v is RegoString s ? s.Text : v.ToString() : "<undefined>")));
        }

        return true;
    }

    internal override void Describe(SlotUse use)
    {
        use.All(operands);
        use.Watch();
    }
}
