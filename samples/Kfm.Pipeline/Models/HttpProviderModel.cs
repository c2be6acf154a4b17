using Kfm.Agent.Codegen;
using Kfm.Agent.Codegen.Chat;
using Kfm.Agent.Configuration;

namespace Kfm.Pipeline.Models;

/// <summary>A model of a provider, over a connection that lives as long as the question.</summary>
internal sealed class HttpProviderModel(ModelSetting setting, Uri endpoint, string? key, TimeProvider time) : ICodegenModel
{
    public async Task<CodegenResponse> CompleteAsync(CodegenRequest request, CancellationToken cancellationToken)
    {
        using var http = new HttpClient(new HttpProviderHandler(endpoint)) { Timeout = Timeout.InfiniteTimeSpan };
        using var client = setting.Protocol == "anthropic"
            ? HttpProviderClients.Anthropic(http, endpoint, setting, key)
            : HttpProviderClients.OpenAI(http, endpoint, setting, key);
        var options = new ChatModelOptions
        {
            Model = setting.Model,
            MaxOutputTokens = setting.MaxTokens,
            Retries = setting.Retries,
            Stream = setting.Stream,
            Steady = setting.Steady,
        };
        return await new ChatModel(client, options, time).CompleteAsync(request, cancellationToken);
    }
}
