namespace Kfm.Agent.Configuration;

/// <summary>How designs are written: the member <c>design</c> of kfm.json.</summary>
public sealed record DesignSettings
{
    /// <summary>The folder with the repository's own templates; <c>templates/designs</c> when kfm.json names none. It may be missing at the base.</summary>
    public string Templates { get; init; } = Designs.DesignTemplates.DefaultFolder;

    /// <summary>The id of the template where no rule chooses one.</summary>
    public string DefaultTemplate { get; init; } = "library";

    /// <summary>The ids of templates by the name of a component, ordinal.</summary>
    public IReadOnlyDictionary<string, string> ComponentTemplates { get; init; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Which files are specifications: interface descriptions and schemas without a setting.</summary>
    public IReadOnlyList<Glob> Specifications { get; init; } =
        [Glob.Parse("**/{openapi,swagger}.{json,yaml,yml}"), Glob.Parse("**/*.{proto,graphql,avsc,xsd}"), Glob.Parse("**/*.schema.json"), Glob.Parse("{specs,docs/specs}/**")];
}
