using Kfm.Agent.Configuration;

namespace Kfm.Pipeline.Models;

/// <summary>Where each model is reached: what the caller names, else its provider's own address. kfm.json has no say, because who names the endpoint gets the key.</summary>
internal sealed class ModelEndpoints
{
    private static readonly Dictionary<string, Uri> Own = new(StringComparer.Ordinal)
    {
        ["anthropic"] = new Uri("https://api.anthropic.com/"),
        ["openai"] = new Uri("https://api.openai.com/v1"),
    };

    private readonly Dictionary<string, Uri> _given = new(StringComparer.Ordinal);

    /// <summary>Reads the values <c>NAME=URL</c> of the caller.</summary>
    /// <exception cref="ModelChoiceException">One is not of this form, or its address is neither https nor on the loopback.</exception>
    public ModelEndpoints(IEnumerable<string> given)
    {
        foreach (var text in given)
        {
            var at = text.IndexOf('=', StringComparison.Ordinal);
            if (at < 1 || !Uri.TryCreate(text[(at + 1)..], UriKind.Absolute, out var uri) || !IsSafe(uri) || !_given.TryAdd(text[..at], uri))
            {
                throw new ModelChoiceException("--model-endpoint takes NAME=URL once a name, with an address that is https or on the loopback and has neither user, query nor fragment.");
            }
        }
    }

    /// <summary>The address of a model.</summary>
    /// <exception cref="ModelChoiceException">Nobody named one.</exception>
    public Uri Of(ModelSetting model) => _given.GetValueOrDefault(model.Name) ?? Own.GetValueOrDefault(model.Provider)
        ?? throw new ModelChoiceException($"The model '{model.Name}' has no endpoint; name it with --model-endpoint {model.Name}=URL.");

    /// <summary>The names that the caller gave an address.</summary>
    public IEnumerable<string> Names => _given.Keys;

    private static bool IsSafe(Uri uri) =>
        (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && uri.IsLoopback)) && uri.UserInfo.Length + uri.Query.Length + uri.Fragment.Length == 0;
}
