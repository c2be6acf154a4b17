using System.Text.Json.Serialization;
using Kfm.Agent.Autonomy;
using Kfm.Agent.Codegen;
using Kfm.Agent.Intents;
using Kfm.Agent.PullRequests.Focus;

namespace Kfm.Agent.Json;

/// <summary>How the files of this package are written and read: no member that is unknown, missing, doubled or null by mistake.</summary>
[JsonSourceGenerationOptions(
    AllowDuplicateProperties = false,
    PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(FocusDocument))]
[JsonSerializable(typeof(IntentDocument))]
[JsonSerializable(typeof(ReplayDocument))]
[JsonSerializable(typeof(AgentLogDocument))]
[JsonSerializable(typeof(RolloutDocument))]
[JsonSerializable(typeof(AgentLogDocument1))]
internal sealed partial class AgentJson : JsonSerializerContext;
