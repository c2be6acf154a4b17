using System.Globalization;
using Kfm.Agent.Codegen;
using Kfm.Agent.Configuration;

namespace Kfm.Pipeline.Models;

/// <summary>The models that a caller picks by name from kfm.json of the base, and the requests that they get.</summary>
internal sealed class ModelChoice
{
    private ModelChoice(IReadOnlyList<ModelSetting> models) => Models = models;

    /// <summary>The models in the order in which they are asked.</summary>
    public IReadOnlyList<ModelSetting> Models { get; }

    /// <summary>The names, with commas between.</summary>
    public string Name => string.Join(',', Models.Select(m => m.Name));

    /// <summary>Finds the models.</summary>
    /// <exception cref="ModelChoiceException">A name is not there, or stands twice.</exception>
    public static ModelChoice Of(KfmSettings settings, string names)
    {
        var models = names.Split(',').Select(name => settings.Models.FirstOrDefault(m => string.Equals(m.Name, name.Trim(), StringComparison.Ordinal))
            ?? throw new ModelChoiceException($"kfm.json of the base has no model of a name that --model gives; it has: {Known(settings)}.")).ToArray();
        return models.Distinct().Count() == models.Length ? new ModelChoice(models) : throw new ModelChoiceException("--model names a model twice.");
    }

    /// <summary>A request to these models: what decides their answers is part of it, where they are reached is not.</summary>
    public CodegenRequest Request(CodegenRequest request)
    {
        var parameters = new Dictionary<string, string>(request.Parameters.ToDictionary(StringComparer.Ordinal), StringComparer.Ordinal);
        foreach (var model in Models)
        {
            parameters["model:" + model.Name] = string.Create(
                CultureInfo.InvariantCulture, $"{model.Provider} {model.Region} {model.Model} maxTokens={model.MaxTokens} steady={(model.Steady ? "true" : "false")}");
        }

        return request with { Model = Name, Parameters = parameters };
    }

    private static string Known(KfmSettings settings) => settings.Models.Count == 0 ? "none" : string.Join(", ", settings.Models.Select(m => m.Name));
}
