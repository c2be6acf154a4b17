using System.Collections.Concurrent;
using System.Text;
using System.Text.Json.Nodes;
using Kfm.Agent.Autonomy;
using Kfm.Gates.Decisions;
using Kfm.Gates.Overrides;
using Kfm.Gates.Policies;
using Kfm.Gates.Rego;
using Kfm.Gates.Tests.Decisions;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Signing;

namespace Kfm.Agent.Tests.Autonomy;

/// <summary>A proposal that the shipped policies deny, and people who may override it or not.</summary>
internal sealed class OverrideFixture : IDisposable
{
    public const string Differs = "deny: ops: build.reproducible failed: two files differ";

    private static readonly ConcurrentDictionary<(Digest Policies, Digest Input), (Decision Decision, OverrideTerms Terms)> Known = new();
    private readonly Dictionary<string, EcdsaSigningKey> _keys = new(StringComparer.Ordinal);

    /// <summary>A denied proposal; what the tier and the checks are is the caller's.</summary>
    public OverrideFixture(string tier = "high", params IReadOnlyList<(string Check, CheckStatus Status)> broken)
    {
        Facts = [.. Proposals.WithLabel("risk.tier", tier).Select(fact => fact is Tested tested && broken.FirstOrDefault(b => b.Check == tested.Name) is { Check: { } } found
            ? tested with { Status = found.Status, Detail = "two files differ" }
            : fact)];
    }

    public OverrideFixture()
        : this("high", ("build.reproducible", CheckStatus.Failed))
    {
    }

    public List<Fact> Facts { get; }

    public IReadOnlyList<RegoModule> Modules { get; set; } = ShippedPolicies.Modules;

    public byte[] Input => Proposals.Context(Facts);

    public Decision Decision => Judged.Decision;

    public OverrideTerms Terms => Judged.Terms;

    /// <summary>An hour after the decision.</summary>
    public DateTimeOffset Now { get; set; } = Proposals.Start.AddHours(1);

    /// <summary>Who is left out of the people file.</summary>
    public string? Removed { get; set; }

    public PeopleFile People => PeopleFile.Parse(Encoding.UTF8.GetBytes(PeopleJson().ToJsonString()));

    public OverrideContext Context => new(Decision, Terms, People, Now)
    {
        Repository = Proposals.Trace.Repository,
        Head = Proposals.Trace.HeadCommit,
        ExcludedIds = new HashSet<string>(StringComparer.Ordinal) { "person:author", "ai:replay" },
        ExcludedKeys = new HashSet<string>(StringComparer.Ordinal) { Key("pipeline").KeyId, Key("person:sealer").KeyId },
    };

    public EcdsaSigningKey Key(string id)
    {
        if (!_keys.TryGetValue(id, out var key))
        {
            _keys.Add(id, key = EcdsaSigningKey.Create());
        }

        return key;
    }

    public OverrideStatement Statement(string person = "person:manager", string role = "manager", params string[] lifts) => new()
    {
        Decision = Decision.Digest,
        Repository = Proposals.Trace.Repository,
        Head = Proposals.Trace.HeadCommit,
        Gate = lifts.Length == 0 ? "ops" : lifts[0].Split(": ")[1],
        Lifts = OverrideStatement.Sorted(lifts.Length == 0 ? [Differs] : lifts),
        Person = person,
        Role = role,
        Reason = "The compiler of the vendor stamps its time; ticket 4711 tracks the fix.",
        From = Proposals.Start.AddMinutes(30),
        Until = Proposals.Start.AddMinutes(30).AddDays(1),
    };

    public OverrideFile File(OverrideStatement statement, string? key = null, string? name = null) => File(statement.ToUtf8(), key ?? statement.Person, name ?? $"{statement.Gate}-{statement.Person}-{statement.Role}");

    public OverrideFile File(byte[] payload, string key, string name, string payloadType = OverrideStatement.PayloadType) =>
        new(name, DsseEnvelope.Sign(payloadType, payload, Key(key)).ToJson());

    /// <summary>The override of the second person, which is sound.</summary>
    public OverrideFile Second => File(Statement("person:security", "security"));

    public OverrideCount Count(params OverrideFile[] files) => OverrideRules.Count(Context, files);

    public void Dispose()
    {
        foreach (var key in _keys.Values)
        {
            key.Dispose();
        }
    }

    private (Decision Decision, OverrideTerms Terms) Judged => Known.GetOrAdd((PolicySet.Digest(Modules), Digest.Of(Input)), _ =>
    {
        var decision = new PolicyGate(RegoEngine.Compile(Modules).Prepare(ShippedPolicies.Query)).Decide(Input);
        return (decision, OverrideTerms.Of(decision, Input, Modules));
    });

    private JsonObject PeopleJson() => new()
    {
        ["formatVersion"] = 1,
        ["people"] = new JsonArray([.. new[]
        {
            ("person:manager", "manager"), ("person:security", "security"), ("person:both", "manager,security"), ("person:lead", "lead"),
            ("person:council", "council"), ("person:legal", "legal"), ("person:author", "manager,security"), ("person:sealer", "manager,security"),
            ("person:nobody", ""),
        }.Where(p => p.Item1 != Removed).Select(p => (JsonNode)Person(p.Item1, p.Item2))]),
    };

    private JsonObject Person(string id, string roles) => new()
    {
        ["id"] = id,
        ["roles"] = new JsonArray([.. roles.Split(',', StringSplitOptions.RemoveEmptyEntries).Select(r => (JsonNode?)r)]),
        ["keys"] = new JsonArray(Key(id).PublicKey.ToPem()),
    };
}
