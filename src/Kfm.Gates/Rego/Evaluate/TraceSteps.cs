using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>The body of a rule to which traced steps belong; the name is empty in a query.</summary>
internal sealed record TracedBody(string Rule, Location Place)
{
    internal void Report(Frame frame, TraceKind kind, string text, RegoValue? value, Location place)
    {
        var state = frame.Evaluation.State;
        state.Options.Trace?.Invoke(
            new TraceEvent(kind, state.Depth, Rule, Rule.Length == 0 ? 0 : Place.Row, text, value, place.File ?? "", place.Row, place.Col));
    }
}

/// <summary>Reports that a body begins.</summary>
internal sealed class TraceEnterStep(TracedBody body) : TestStep
{
    internal override bool Try(Frame frame)
    {
        body.Report(frame, TraceKind.Enter, "", null, body.Place);
        return true;
    }

    internal override void Describe(SlotUse use) => use.Watch();
}

/// <summary>Reports that an expression begins, and that it fails when the step at its end is not reached.</summary>
internal sealed class TraceExpressionStep(TracedBody body, Expr expr, int collector) : Step
{
    internal override bool Run(Frame frame)
    {
        EvaluationState.EnsureStack(expr.Location);
        body.Report(frame, TraceKind.Eval, expr.Text, null, expr.Location);
        frame.Collectors[collector] = null;
        var stop = Next.Run(frame);
        if (frame.Collectors[collector] is null)
        {
            body.Report(frame, TraceKind.Fail, expr.Text, null, expr.Location);
        }

        return stop;
    }

    internal override void Describe(SlotUse use) => use.Watch();
}

/// <summary>Marks that the expression has a solution.</summary>
internal sealed class TraceHoldsStep(int collector) : TestStep
{
    private static readonly object Reached = new();

    internal override bool Try(Frame frame)
    {
        frame.Collectors[collector] = Reached;
        return true;
    }

    internal override void Describe(SlotUse use) => use.Watch();
}

/// <summary>Reports what a body yields.</summary>
internal sealed class TraceYieldStep(TracedBody body, Step yield, PlanTerm value) : Step
{
    internal override bool Run(Frame frame)
    {
        if (value.Eval(frame) is { } found)
        {
            body.Report(frame, TraceKind.Exit, "", found, body.Place);
        }

        return yield.Run(frame);
    }

    internal override void Describe(SlotUse use) => use.Watch();
}
