using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Autonomy;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Signing;

namespace Kfm.Agent.Tests.Autonomy;

/// <summary>People with keys, and a decision that asks for a manager and for security.</summary>
internal sealed class ApprovalFixture : IDisposable
{
    private readonly Dictionary<string, EcdsaSigningKey> _keys = new(StringComparer.Ordinal);

    public static Digest Decision { get; } = Digest.Of("decision"u8);

    public static string Head { get; } = new('c', 40);

    public PeopleFile People => PeopleFile.Parse(Encoding.UTF8.GetBytes(Json().ToJsonString()));

    public ApprovalContext Context => new(Decision, Head, ["manager", "security"], People)
    {
        ExcludedIds = new HashSet<string>(StringComparer.Ordinal) { "person:author", "ai:replay" },
        ExcludedKeys = new HashSet<string>(StringComparer.Ordinal) { Key("pipeline").KeyId },
    };

    public EcdsaSigningKey Key(string id)
    {
        if (!_keys.TryGetValue(id, out var key))
        {
            _keys.Add(id, key = EcdsaSigningKey.Create());
        }

        return key;
    }

    /// <summary>The people file as JSON, for changing.</summary>
    public JsonObject Json() => new()
    {
        ["formatVersion"] = 1,
        ["people"] = new JsonArray(
            Person("person:both", "manager", "security"),
            Person("person:manager", "manager"),
            Person("person:security", "security"),
            Person("person:author", "manager", "security")),
    };

    public static ApprovalStatement Statement(string person, string role, int minute = 0) =>
        new(Decision, Head, role, person, new DateTimeOffset(2026, 1, 5, 9, minute, 0, TimeSpan.Zero));

    public ApprovalFile File(ApprovalStatement statement, string? key = null, string? name = null) => new(
        name ?? $"{statement.Role}-{statement.Person}",
        DsseEnvelope.Sign(ApprovalStatement.PayloadType, statement.ToUtf8(), Key(key ?? statement.Person)).ToJson());

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private JsonObject Person(string id, params string[] roles) => new()
    {
        ["id"] = id,
        ["roles"] = new JsonArray([.. roles.Select(r => (JsonNode?)r)]),
        ["keys"] = new JsonArray(Key(id).PublicKey.ToPem()),
    };
}
