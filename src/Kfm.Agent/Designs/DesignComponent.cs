namespace Kfm.Agent.Designs;

/// <summary>A component of the repository, as a design shows it.</summary>
/// <param name="Name">The name in kfm.json, or the path that the intent names where no component holds it.</param>
/// <param name="IsTouched">Whether the change is expected in it; the others stand in the diagram because a touched one depends on them, or the other way round.</param>
public sealed record DesignComponent(string Name, bool IsTouched)
{
    /// <summary>The names of the components that this one depends on, ordinal order.</summary>
    public IReadOnlyList<string> DependsOn { get; init; } = [];

    /// <summary>The paths inside of it that the intent names, ordinal order.</summary>
    public IReadOnlyList<string> Paths { get; init; } = [];
}
