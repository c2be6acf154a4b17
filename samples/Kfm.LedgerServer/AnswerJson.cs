using System.Text.Json.Nodes;
using System.Text.Json.Serialization;

namespace Kfm.LedgerServer;

/// <summary>Serialisation without reflection.</summary>
[JsonSerializable(typeof(JsonObject))]
internal sealed partial class AnswerJson : JsonSerializerContext;
