using Kfm.Agent.Configuration;
using Kfm.Gates.Contracts;

namespace Kfm.Agent.Codegen.Egress;

/// <summary>Decides which files enter a prompt, and how far the prompt may go: as far as the most restricted text in it.</summary>
/// <remarks>
/// Of a file count kfm.json's classes and the labels of the base: front matter of Markdown and the sidecars of data. Labels raise a
/// class and never lower it. What labels forbid, and what has labels that cannot be read, is withheld.
/// </remarks>
public static class PromptScreen
{
    /// <summary>Screens the files of a prompt.</summary>
    /// <param name="settings">The classes of paths.</param>
    /// <param name="intent">The text of the intent; front matter may raise its class.</param>
    /// <param name="files">The files that the prompt would show.</param>
    /// <param name="sidecars">The labels of data by the path of the data; null where a sidecar is named and not there.</param>
    public static PromptSelection Select(
        EgressSettings settings, string intent, IReadOnlyCollection<PromptFile> files, IReadOnlyDictionary<string, byte[]?> sidecars)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(intent);
        ArgumentNullException.ThrowIfNull(files);
        ArgumentNullException.ThrowIfNull(sidecars);
        var shown = new List<PromptFile>();
        var withheld = new List<WithheldFile>();
        var all = OfIntent(intent).With(FileLabels.None with { Class = settings.Default });
        foreach (var file in files)
        {
            var labels = Read(file, sidecars);
            if (labels.Forbidden is { } reason)
            {
                withheld.Add(new WithheldFile(file.Path, reason));
                continue;
            }

            shown.Add(file);
            all = all.With(labels).With(FileLabels.None with { Class = settings.ClassOf(file.Path) });
        }

        return new PromptSelection(shown, withheld, new PromptClass(all.Class, all.Training));
    }

    // An intent must enter the prompt; where it may not, its prompt goes nowhere but where restricted texts may go.
    private static FileLabels OfIntent(string intent)
    {
        try
        {
            var labels = FileLabels.OfFrontMatter(intent);
            return labels.Forbidden is null ? labels : new FileLabels(DataClass.Restricted, Training: false, null);
        }
        catch (LabelFormatException)
        {
            return new FileLabels(DataClass.Restricted, Training: false, null);
        }
    }

    private static FileLabels Read(PromptFile file, IReadOnlyDictionary<string, byte[]?> sidecars)
    {
        try
        {
            var labels = IsMarkdown(file.Path) ? FileLabels.OfFrontMatter(file.Text) : FileLabels.None;
            if (!sidecars.TryGetValue(file.Path, out var sidecar))
            {
                return labels;
            }

            return sidecar is null ? labels with { Forbidden = "its labels are not there" } : labels.With(FileLabels.Of(DataLabels.Read(sidecar)));
        }
        catch (LabelFormatException)
        {
            return FileLabels.None with { Forbidden = "its labels cannot be read" };
        }
    }

    private static bool IsMarkdown(string path) =>
        path.EndsWith(".md", StringComparison.OrdinalIgnoreCase) || path.EndsWith(".markdown", StringComparison.OrdinalIgnoreCase);
}
