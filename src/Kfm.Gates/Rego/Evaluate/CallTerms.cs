using Kfm.Gates.Rego.Builtins;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>A call of a builtin. Its errors make it undefined unless the evaluation is strict.</summary>
internal sealed class BuiltinCallTerm(string name, Builtin builtin, PlanTerm[] arguments, Location place) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame)
    {
        if (EvalAll(arguments, frame) is not { } values)
        {
            return null;
        }

        return frame.Evaluation.Mocks.Count > 0 && frame.Evaluation.Mocks.TryGetValue(name, out var mock)
            ? MockCall.Invoke(name, mock, frame.Evaluation, values, place)
            : Invoke(builtin, frame.Evaluation, values, place);
    }

    internal static RegoValue? Invoke(Builtin builtin, Evaluation evaluation, RegoValue[] values, Location place)
    {
        var state = evaluation.State;
        state.Tick(place);
        try
        {
            state.Builtins.Place = place;
            return builtin(state.Builtins, values);
        }
        catch (BuiltinException e) when (e.Halts || state.Options.StrictBuiltinErrors)
        {
            throw EvaluationState.Error(e.Code, e.Message, place);
        }
        catch (BuiltinException)
        {
            return null;
        }
    }
}

/// <summary>A call of a function of the policy.</summary>
internal sealed class FunctionCallTerm(string name, Func<FunctionDocument> function, PlanTerm[] arguments, Location place) : PlanTerm
{
    private FunctionDocument? _function;

    internal override RegoValue? Eval(Frame frame)
    {
        if (EvalAll(arguments, frame) is not { } values)
        {
            return null;
        }

        return frame.Evaluation.Mocks.Count > 0 && frame.Evaluation.Mocks.TryGetValue(name, out var mock)
            ? MockCall.Invoke(name, mock, frame.Evaluation, values, place)
            : frame.Evaluation.Call(_function ??= function(), values);
    }
}

/// <summary>Calls what with put in the place of a function. A function in that place may itself call the one that it replaces.</summary>
internal static class MockCall
{
    internal static RegoValue? Invoke(string name, Mock mock, Evaluation evaluation, RegoValue[] values, Location place)
    {
        if (mock.Value is not null)
        {
            return mock.Value;
        }

        return mock.Function is not null
            ? evaluation.WithoutMock(name).Call(mock.Function, values)
            : BuiltinCallTerm.Invoke(mock.Builtin!, evaluation, values, place);
    }
}
