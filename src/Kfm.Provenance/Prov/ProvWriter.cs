using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.Prov;

/// <summary>Makes the bundle of a set of facts.</summary>
internal sealed class ProvWriter(FactSet facts)
{
    private static readonly string[] NotLiteral = ["actor", "artifact", "kind", "parent", "role", "run", "source", "started", "ended"];
    private readonly ILookup<Digest, Generated> _generators = facts.Of<Generated>().ToLookup(g => g.Artifact);
    private readonly ILookup<Digest, DerivedFrom> _derivations = facts.Of<DerivedFrom>().ToLookup(d => d.Artifact);

    public JsonObject Bundle()
    {
        var bundle = new JsonObject
        {
            ["@context"] = ProvTerms.Context(),
            ["@id"] = ProvTerms.Run + facts.TraceId,
            ["@type"] = "prov:Bundle",
            ["kfm:evidenceRoot"] = facts.Root.ToString(),
            ["@graph"] = new JsonArray([.. Activities(), .. Entities(), .. Agents()]),
        };
        return Literals(bundle, facts.Trace);
    }

    private IEnumerable<JsonObject> Activities()
    {
        foreach (var run in facts.Runs)
        {
            var node = Node(RunIri(run.Key), "prov:Activity");
            node["kfm:run"] = run.Key.ToString();
            node["prov:startedAtTime"] = EvidenceTime.Format(run.Started);
            node["prov:endedAtTime"] = EvidenceTime.Format(run.Ended);
            node["kfm:outcome"] = EnumText.Write(run.Outcome);
            FactJson.With(node, "kfm:parent", run.Parent is { } parent ? RunIri(parent) : null);
            Relations(node, run.Key);
            Findings(node, run.Key);
            yield return node;
        }
    }

    private void Relations(JsonObject node, RunKey run)
    {
        var used = facts.Of<Used>().Where(f => f.Run == run).ToList();
        Iris(node, "prov:used", used.Select(f => ProvTerms.OfContent(f.Artifact)));
        Nodes(node, "prov:qualifiedUsage", used.Select(f => Relation(f, "prov:Usage", ("prov:entity", ProvTerms.OfContent(f.Artifact)), f.Role)));
        var associated = facts.Of<AssociatedWith>().Where(f => f.Run == run).ToList();
        Iris(node, "prov:wasAssociatedWith", associated.Select(f => ProvTerms.OfActor(f.Actor)));
        Nodes(
            node,
            "prov:qualifiedAssociation",
            associated.Select(f => Relation(f, "prov:Association", ("prov:agent", ProvTerms.OfActor(f.Actor)), f.Role)));
        Iris(node, "prov:wasInformedBy", facts.Of<InformedBy>().Where(f => f.Run == run).Select(f => RunIri(f.Earlier)));
    }

    private void Findings(JsonObject node, RunKey run)
    {
        Nodes(node, "kfm:check", facts.Of<Tested>().Where(f => f.Run == run).Select(f => Literals(Node(ProvTerms.OfFact(f), "kfm:Check"), f)));
        Nodes(node, "kfm:measure", facts.Of<Measured>().Where(f => f.Run == run).Select(f => Literals(Node(ProvTerms.OfFact(f), "kfm:Measure"), f)));
        Nodes(node, "kfm:label", facts.Of<Labelled>().Where(f => f.Run == run).Select(f => Literals(Node(ProvTerms.OfFact(f), "kfm:Label"), f)));
    }

    private IEnumerable<JsonObject> Entities()
    {
        var files = facts.Artifacts.ToLookup(a => a.Digest);
        var decisions = facts.Of<Decided>().ToLookup(d => d.Decision);
        foreach (var content in files.Select(g => g.Key).Union(decisions.Select(g => g.Key)).Order())
        {
            var node = Node(ProvTerms.OfContent(content), "prov:Entity");
            Nodes(node, "kfm:file", files[content].Select(File));
            var generators = _generators[content].Select(g => g.Run);
            foreach (var decided in decisions[content].Take(1))
            {
                node["@type"] = new JsonArray("prov:Entity", "kfm:Decision");
                node["kfm:decidedBy"] = RunIri(decided.Run);
                Literals(node, decided);
                generators = files.Contains(content) ? generators : [decided.Run];
            }

            Iris(node, "prov:wasGeneratedBy", generators.Select(RunIri));
            Derivations(node, content);
            yield return node;
        }
    }

    private static JsonObject File(Artifact artifact)
    {
        var node = Literals(Node(ProvTerms.OfFact(artifact), "kfm:File"), artifact);
        node["kfm:role"] = EnumText.Write(artifact.Role);
        return node;
    }

    private void Derivations(JsonObject node, Digest content)
    {
        var derived = _derivations[content].ToList();
        Iris(node, "prov:wasDerivedFrom", derived.Select(d => ProvTerms.OfContent(d.Source)));
        Nodes(node, "prov:qualifiedDerivation", derived.Select(d =>
        {
            var derivation = Relation(d, "prov:Derivation", ("prov:entity", ProvTerms.OfContent(d.Source)), role: null);
            derivation["prov:hadActivity"] = RunIri(d.Run);
            return derivation;
        }));
    }

    private IEnumerable<JsonObject> Agents()
    {
        foreach (var actor in facts.Actors)
        {
            var type = actor.Kind == ActorKind.Human ? "prov:Person" : "prov:SoftwareAgent";
            var node = Literals(Node(ProvTerms.OfActor(actor.Id), "prov:Agent"), actor);
            node["@type"] = new JsonArray("prov:Agent", type);
            var principals = facts.Of<ActedFor>().Where(a => string.Equals(a.Actor, actor.Id, StringComparison.Ordinal));
            Iris(node, "prov:actedOnBehalfOf", principals.Select(a => ProvTerms.OfActor(a.Principal)));
            yield return node;
        }
    }

    private string RunIri(RunKey run) => ProvTerms.Run + facts.RunId(run);

    private static JsonObject Node(string id, string type) => new() { ["@id"] = id, ["@type"] = type };

    private static JsonObject Relation(Fact fact, string type, (string Property, string Iri) target, string? role)
    {
        var node = Node(ProvTerms.OfFact(fact), type);
        node[target.Property] = target.Iri;
        return FactJson.With(node, "prov:hadRole", role is null ? null : ProvTerms.OfRole(role));
    }

    // The members of a fact that are values; those that are relations have their own properties.
    private static JsonObject Literals(JsonObject node, Fact fact)
    {
        foreach (var (name, value) in FactJson.Write(fact))
        {
            if (!NotLiteral.Contains(name, StringComparer.Ordinal))
            {
                node["kfm:" + name] = value?.DeepClone();
            }
        }

        return node;
    }

    private static void Iris(JsonObject node, string property, IEnumerable<string> iris)
    {
        string[] sorted = [.. iris.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal)];
        if (sorted.Length > 0)
        {
            node[property] = FactJson.Texts(sorted);
        }
    }

    private static void Nodes(JsonObject node, string property, IEnumerable<JsonObject> nodes)
    {
        JsonNode?[] list = [.. nodes];
        if (list.Length > 0)
        {
            node[property] = new JsonArray(list);
        }
    }
}
