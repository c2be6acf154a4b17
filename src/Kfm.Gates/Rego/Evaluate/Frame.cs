namespace Kfm.Gates.Rego.Evaluate;

/// <summary>The variables of one running rule body. Frames are used again: a slot is always written before it is read.</summary>
internal sealed class Frame
{
    internal RegoValue?[] Slots { get; private set; } = [];

    /// <summary>Where comprehensions of the body gather their elements.</summary>
    internal object?[] Collectors { get; private set; } = [];

    /// <summary>The evaluation; with replaces it while its expression runs.</summary>
    internal Evaluation Evaluation { get; set; } = null!;

    internal RegoValue? Result { get; set; }

    internal PartialBuilder? Partial { get; set; }

    internal Frame Reset(Evaluation evaluation, BodyPlan plan)
    {
        Evaluation = evaluation;
        Result = null;
        Partial = null;
        if (Slots.Length < plan.Slots)
        {
            Slots = new RegoValue?[plan.Slots];
        }

        if (Collectors.Length < plan.Collectors)
        {
            Collectors = new object?[plan.Collectors];
        }

        return this;
    }

    /// <summary>Lets go of all values.</summary>
    internal void Clear()
    {
        Array.Clear(Slots);
        Array.Clear(Collectors);
        Evaluation = null!;
        Result = null;
        Partial = null;
    }
}
