using Kfm.Gates.Rego.Compile;

namespace Kfm.Gates.Rego.Evaluate;

/// <summary>The document at a path below data that is known only when it runs.</summary>
internal sealed class DataTerm(PlanTerm[] path) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame) =>
        EvalAll(path, frame) is { } keys ? DataCursor.Get(frame.Evaluation, keys) : null;

    internal override void Describe(SlotUse use)
    {
        use.All(path);
        use.Impure();
    }
}

/// <summary>The document of the rules of one name.</summary>
internal sealed class DocumentTerm(PolicyNode node, RegoValue[] path) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame)
    {
        var evaluation = frame.Evaluation;
        if (evaluation.Overrides is not null || node.Document is FunctionDocument)
        {
            return DataCursor.Get(evaluation, path);
        }

        return evaluation.Evaluate(node.Document!) ?? Paths.Get(evaluation.Data, path);
    }

    internal override void Describe(SlotUse use) => use.Impure();
}

/// <summary>A place of the base document where no rules are.</summary>
internal sealed class BaseTerm(RegoValue[] path) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame) => Paths.Get(frame.Evaluation.Data, path);

    internal override void Describe(SlotUse use)
    {
    }
}

/// <summary>A step into the base document, which comes from JSON: data[2] finds the member "2".</summary>
internal sealed class BaseMemberTerm(PlanTerm value, PlanTerm key) : PlanTerm
{
    internal override RegoValue? Eval(Frame frame)
    {
        if (value.Eval(frame) is not { } found || key.Eval(frame) is not { } name)
        {
            return null;
        }

        return found.Get(name) ?? (name is RegoNumber number && found is RegoObject obj ? obj.Member(number.Text) : null);
    }

    internal override void Describe(SlotUse use)
    {
        value.Describe(use);
        key.Describe(use);
    }
}
