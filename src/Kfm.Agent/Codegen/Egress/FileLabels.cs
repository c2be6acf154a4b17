using System.Text;
using Kfm.Agent.Configuration;
using Kfm.Gates.Contracts;

namespace Kfm.Agent.Codegen.Egress;

/// <summary>What the labels of one text say about models. A word that is not known here counts as the most restricted one.</summary>
/// <param name="Class">The least class that the labels demand.</param>
/// <param name="Training">Whether models may be trained with the text.</param>
/// <param name="Forbidden">Why the text enters no prompt; null when it may.</param>
internal sealed record FileLabels(DataClass Class, bool Training, string? Forbidden)
{
    public static FileLabels None { get; } = new(DataClass.Public, Training: true, null);

    /// <summary>What the front matter of a Markdown text says.</summary>
    /// <exception cref="LabelFormatException">The front matter cannot be read.</exception>
    public static FileLabels OfFrontMatter(string markdown)
    {
        var flags = FrontMatter.Read(Encoding.UTF8.GetBytes(markdown));
        var classes = flags.GetValueOrDefault("classification", []).Select(value => OfClassification(value.Trim().ToLowerInvariant()));
        return classes.Aggregate(Of(DataLabels.FromFrontMatter(flags)), (labels, least) => labels.With(None with { Class = least }));
    }

    /// <summary>What labels say.</summary>
    public static FileLabels Of(DataLabels labels)
    {
        var demanded = labels.Care.Select(OfCare)
            .Concat(labels.Sovereignty.Select(v => v is "none" ? DataClass.Public : DataClass.Restricted))
            .Concat(labels.Sensitivity.Select(OfSensitivity))
            .Concat(labels.Ai.Select(v => v is "allowed" ? DataClass.Public : DataClass.Restricted))
            .Append(DataClass.Public);
        return new FileLabels(demanded.Max(), labels.AiTraining.All(v => v is "allowed"), Prohibition(labels));
    }

    public FileLabels With(FileLabels other) =>
        new((DataClass)Math.Max((int)Class, (int)other.Class), Training && other.Training, Forbidden ?? other.Forbidden);

    private static DataClass OfCare(string value) => value is "public" or "open" or "collective-benefit" ? DataClass.Public : DataClass.Restricted;

    private static DataClass OfClassification(string value) => value switch
    {
        "public" => DataClass.Public,
        "internal" => DataClass.Internal,
        "confidential" => DataClass.Confidential,
        _ => DataClass.Restricted,
    };

    private static DataClass OfSensitivity(string value) => value switch
    {
        "none" or "low" or "general" => DataClass.Public,
        "medium" => DataClass.Internal,
        "high" => DataClass.Confidential,
        _ => DataClass.Restricted,
    };

    private static string? Prohibition(DataLabels labels) =>
        labels.Ai.Any(v => v is not ("allowed" or "restricted")) ? "its labels prohibit models (ethics.ai)"
        : labels.AiFocus.Any(v => v is not ("allowed" or "restricted")) ? "its labels do not let models read it (ethics.ai-focus)"
        : labels.ContradictoryTransforms.Count > 0 ? "its labels permit and prohibit the same"
        : null;
}
