using Kfm.Agent.Configuration;

namespace Kfm.Agent.Codegen.Egress;

/// <summary>Decides whether a prompt may go to a model. What no line allows is refused; a class allows nothing for another class.</summary>
public static class EgressRules
{
    /// <summary>Why a prompt may not go to a model; null when it may.</summary>
    /// <param name="settings">What may go where.</param>
    /// <param name="prompt">What decides about the prompt.</param>
    /// <param name="target">The model.</param>
    public static string? Refusal(EgressSettings settings, PromptClass prompt, ModelSetting target)
    {
        ArgumentNullException.ThrowIfNull(settings);
        ArgumentNullException.ThrowIfNull(prompt);
        ArgumentNullException.ThrowIfNull(target);
        var word = Word(prompt.Class);
        var lines = settings.Allowed.Where(a => a.Class == prompt.Class && string.Equals(a.Provider, target.Provider, StringComparison.Ordinal)).ToArray();
        if (lines.Length == 0)
        {
            return $"kfm.json allows no {word} text to go to the provider {target.Provider} (egress.allow.{word})";
        }

        var here = lines.Where(a => a.Regions.Contains(target.Region, StringComparer.Ordinal)).ToArray();
        if (here.Length == 0)
        {
            return $"kfm.json allows no {word} text to go to {target.Provider} in the region {target.Region} (egress.allow.{word})";
        }

        return prompt.Training || here.Any(a => !a.Training)
            ? null
            : $"the prompt has a file that must not train models, and kfm.json does not say that {target.Provider} in {target.Region} does not (training: false)";
    }

    /// <summary>The word of kfm.json and of the record for a class.</summary>
    /// <param name="value">The class.</param>
    public static string Word(DataClass value) => value switch
    {
        DataClass.Public => "public",
        DataClass.Internal => "internal",
        DataClass.Confidential => "confidential",
        DataClass.Restricted => "restricted",
        _ => throw new ArgumentOutOfRangeException(nameof(value)),
    };
}
