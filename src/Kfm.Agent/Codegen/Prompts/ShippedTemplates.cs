namespace Kfm.Agent.Codegen.Prompts;

/// <summary>The templates that Kfm ships. A repository may have its own at the same path; those of the base commit are used instead.</summary>
public static class ShippedTemplates
{
    /// <summary>The template for a model that answers with a diff.</summary>
    public const string Diff = "codegen-diff";

    /// <summary>The template for an agent that changes a work tree.</summary>
    public const string Tree = "codegen-tree";

    /// <summary>The folder of templates in a repository.</summary>
    public const string Folder = "templates/prompts";

    /// <summary>The path of a template in a repository.</summary>
    /// <param name="id">The id of the template.</param>
    public static string PathOf(string id) => $"{Folder}/{id}.md";

    /// <summary>The bytes of a shipped template.</summary>
    /// <param name="id">The id: <see cref="Diff"/> or <see cref="Tree"/>.</param>
    /// <exception cref="ArgumentException">There is no such template.</exception>
    public static byte[] Read(string id)
    {
        using var stream = typeof(ShippedTemplates).Assembly.GetManifestResourceStream($"Kfm.Agent.{id}.md")
            ?? throw new ArgumentException($"There is no template '{id}'.", nameof(id));
        var bytes = new byte[stream.Length];
        stream.ReadExactly(bytes);
        return bytes;
    }
}
