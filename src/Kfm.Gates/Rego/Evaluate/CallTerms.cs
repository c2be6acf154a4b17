using Kfm.Gates.Rego.Builtins;
using Kfm.Gates.Rego.Syntax;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>A call of a builtin. Its errors make it undefined unless the evaluation is strict.</summary>
internal sealed class BuiltinCallTerm(string name, Builtin builtin, PlanTerm[] arguments, Location place) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame)
    {
        var evaluation = frame.Evaluation;
        if (evaluation.FindMock(name) is { } mock)
        {
            return EvalAll(arguments, frame) is { } given ? MockCall.Invoke(mock, evaluation, given, place) : null;
        }

        return Operands(frame, evaluation.State) is { } values ? Invoke(builtin, evaluation, values, place) : null;
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

    internal override void Describe(SlotUse use)
    {
        use.All(arguments);
        use.Impure();
    }

    /// <summary>The operands, for up to three in an array that every call shares: builtins do not keep it.</summary>
    private RegoValue[]? Operands(Frame frame, EvaluationState state)
    {
        var shared = state.Scratch.Operands;
        switch (arguments.Length)
        {
            case 1 when arguments[0].Eval(frame) is { } only:
                shared[1][0] = only;
                return shared[1];
            case 2 when arguments[0].Eval(frame) is { } first && arguments[1].Eval(frame) is { } second:
                shared[2][0] = first;
                shared[2][1] = second;
                return shared[2];
            case 3 when arguments[0].Eval(frame) is { } first && arguments[1].Eval(frame) is { } second && arguments[2].Eval(frame) is { } third:
                shared[3][0] = first;
                shared[3][1] = second;
                shared[3][2] = third;
                return shared[3];
            case 1 or 2 or 3:
                return null;
            default:
                return EvalAll(arguments, frame);
        }
    }
}

/// <summary>A call of a function of the policy.</summary>
internal sealed class FunctionCallTerm(string name, Func<FunctionDocument> function, PlanTerm[] arguments, Location place) : PlanTerm
{
    private FunctionDocument? _function;

    internal override RegoValue? Eval(Frame frame)
    {
        var scratch = frame.Evaluation.State.Scratch;
        var start = scratch.ArgumentsUsed;
        foreach (var argument in arguments)
        {
            if (argument.Eval(frame) is not { } value)
            {
                scratch.Pop(start);
                return null;
            }

            scratch.Push(value);
        }

        var values = scratch.Arguments(start);
        var result = frame.Evaluation.FindMock(name) is { } mock
            ? MockCall.Invoke(mock, frame.Evaluation, values.ToArray(), place)
            : frame.Evaluation.Call(_function ??= function(), values);
        scratch.Pop(start);
        return result;
    }

    internal override void Describe(SlotUse use)
    {
        use.All(arguments);
        use.Impure();
    }
}

/// <summary>Calls what with put in the place of a function. A function in that place calls others as they are, also the one that it replaces.</summary>
internal static class MockCall
{
    internal static RegoValue? Invoke(Mock mock, Evaluation evaluation, RegoValue[] values, Location place)
    {
        if (mock.Value is not null)
        {
            return mock.Value;
        }

        return mock.Function is not null
            ? evaluation.WithoutMocks().Call(mock.Function, values)
            : BuiltinCallTerm.Invoke(mock.Builtin!, evaluation, values, place);
    }
}
