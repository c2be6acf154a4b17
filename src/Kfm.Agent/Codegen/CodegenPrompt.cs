using System.Text;
using Kfm.Agent.Codegen.Prompts;
using Kfm.Agent.Intents;
using Kfm.Provenance.Digests;

namespace Kfm.Agent.Codegen;

/// <summary>Builds the prompt for a change out of intent, design and files.</summary>
/// <remarks>
/// Everything that comes from the repository or from a person stands as data between two lines that carry its own digest, so that no
/// content can end its block early. The prompt depends on neither author nor time.
/// </remarks>
public static class CodegenPrompt
{
    /// <summary>Builds a prompt.</summary>
    /// <param name="intent">What is asked.</param>
    /// <param name="design">The text of the design document.</param>
    /// <param name="files">The files to show; sorted by path in the prompt. A template without a place for files shows none.</param>
    /// <param name="template">The fixed part; null for the shipped one that asks for a diff.</param>
    public static string Build(StructuredIntent intent, string design, IReadOnlyCollection<PromptFile> files, PromptTemplate? template = null)
    {
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(design);
        ArgumentNullException.ThrowIfNull(files);
        template ??= PromptTemplate.Parse(ShippedTemplates.Read(ShippedTemplates.Diff), ShippedTemplates.Diff);
        var shown = new StringBuilder();
        foreach (var file in files.OrderBy(f => f.Path, StringComparer.Ordinal))
        {
            Append(shown, "file " + file.Path, file.Text);
        }

        return template.Render(new Dictionary<string, string>(StringComparer.Ordinal)
        {
            ["intent"] = Block("intent", intent.Intent.Text),
            ["design"] = Block("design", design),
            ["files"] = shown.ToString(),
        });
    }

    private static string Block(string name, string text)
    {
        var block = new StringBuilder();
        Append(block, name, text);
        return block.ToString();
    }

    private static void Append(StringBuilder prompt, string name, string text)
    {
        var mark = Digest.Of(Encoding.UTF8.GetBytes(text)).Hex[..32];
        var label = string.Concat(name.Select(c => char.IsControl(c) ? '?' : c));
        prompt.Append("\nbegin data ").Append(mark).Append(' ').Append(label).Append('\n')
            .Append(text).Append(text.EndsWith('\n') ? "" : "\n")
            .Append("end data ").Append(mark).Append('\n');
    }
}
