namespace Kfm.Agent.Designs;

/// <summary>What a design document says beside the intent; all of it from the base commit.</summary>
/// <param name="Choice">The template, and why it.</param>
public sealed record DesignPlan(DesignTemplateChoice Choice)
{
    /// <summary>The components, ordinal order of their names.</summary>
    public IReadOnlyList<DesignComponent> Components { get; init; } = [];

    /// <summary>The specifications, ordinal order of their paths.</summary>
    public IReadOnlyList<DesignSpecification> Specifications { get; init; } = [];

    /// <summary>The planned checks, in their order.</summary>
    public IReadOnlyList<string> Checks { get; init; } = [];
}
