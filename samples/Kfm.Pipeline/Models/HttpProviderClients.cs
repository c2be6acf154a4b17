using System.ClientModel;
using System.ClientModel.Primitives;
using Anthropic;
using Anthropic.Core;
using Kfm.Agent.Configuration;
using Microsoft.Extensions.AI;
using OpenAI;

namespace Kfm.Pipeline.Models;

/// <summary>Makes the chat client of a protocol over a connection of Kfm's own. Packages of providers load when a method of this type runs, and not before.</summary>
internal static class HttpProviderClients
{
    // A package that gets no key looks for one in the environment.
    private const string NoKey = "none";

    /// <summary>A client for Anthropic's Messages.</summary>
    public static IChatClient Anthropic(HttpClient http, Uri endpoint, ModelSetting setting, string? key) => new AnthropicClient(new ClientOptions
    {
        HttpClient = http,
        BaseUrl = endpoint.AbsoluteUri.TrimEnd('/'),
        ApiKey = key ?? NoKey,
        AuthToken = null,
        MaxRetries = 0,
        Timeout = TimeSpan.FromSeconds(setting.TimeoutSeconds),
    }).AsIChatClient(setting.Model);

    /// <summary>A client for OpenAI's Chat Completions.</summary>
    public static IChatClient OpenAI(HttpClient http, Uri endpoint, ModelSetting setting, string? key) => new OpenAIChatClient(new global::OpenAI.Chat.ChatClient(
        setting.Model,
        new ApiKeyCredential(key ?? NoKey),
        new OpenAIClientOptions
        {
            Endpoint = endpoint,
            NetworkTimeout = TimeSpan.FromSeconds(setting.TimeoutSeconds),
            RetryPolicy = new ClientRetryPolicy(maxRetries: 0),
            Transport = new HttpClientPipelineTransport(http),
            ClientLoggingOptions = new ClientLoggingOptions { EnableLogging = false },
        }));
}
