namespace Kfm.Gates.Rego.Evaluate;

/// <summary>The variables of one running rule body.</summary>
internal sealed class Frame(Evaluation evaluation, int slots, int collectors)
{
    internal RegoValue?[] Slots { get; } = slots == 0 ? [] : new RegoValue?[slots];

    /// <summary>Where comprehensions of the body gather their elements.</summary>
    internal object?[] Collectors { get; } = collectors == 0 ? [] : new object?[collectors];

    /// <summary>The evaluation; with replaces it while its expression runs.</summary>
    internal Evaluation Evaluation { get; set; } = evaluation;

    internal RegoValue? Result { get; set; }

    internal PartialBuilder? Partial { get; set; }
}
