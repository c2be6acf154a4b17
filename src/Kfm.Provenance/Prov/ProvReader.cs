using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;
using Kfm.Provenance.Json;

namespace Kfm.Provenance.Prov;

/// <summary>Reads back what a bundle of <see cref="ProvWriter"/> claims.</summary>
internal sealed class ProvReader(JsonCursor bundle, Claims claims)
{
    private const string Kfm = "kfm:";
    private readonly Dictionary<string, RunKey> _runs = new(StringComparer.Ordinal);

    public void Read()
    {
        claims.AddRoot(bundle.Member("kfm:evidenceRoot"));
        claims.AddTraceId(bundle.Member("@id"), ProvTerms.Run);
        claims.Add(FactReader.Trace(bundle.Within(Kfm)), bundle);
        JsonCursor[] nodes = [.. bundle.Member("@graph").Items()];
        foreach (var node in nodes.Where(n => Is(n, "prov:Activity")))
        {
            var key = node.Member("kfm:run").RunKey();
            claims.AddRunId(key, node.Member("@id"), ProvTerms.Run);
            _runs[node.Member("@id").Text()] = key;
        }

        foreach (var node in nodes)
        {
            Node(node);
        }
    }

    private void Node(JsonCursor node)
    {
        if (Is(node, "prov:Activity"))
        {
            Activity(node);
        }
        else if (Is(node, "prov:Entity"))
        {
            Entity(node);
        }
        else if (Is(node, "prov:Agent"))
        {
            Agent(node);
        }
        else
        {
            throw node.Member("@type").Error("an activity, an entity or an agent is expected");
        }
    }

    private static bool Is(JsonCursor node, string type)
    {
        var found = node.Member("@type");
        return found.IsText
            ? string.Equals(found.Text(), type, StringComparison.Ordinal)
            : found.Items().Any(t => string.Equals(t.Text(), type, StringComparison.Ordinal));
    }

    private void Activity(JsonCursor node)
    {
        var key = node.Member("kfm:run").RunKey();
        RunKey? parent = node.Optional("kfm:parent") is { } reference ? Run(reference) : null;
        claims.Add(
            new Run(
                key,
                node.Member("prov:startedAtTime").Time(),
                node.Member("prov:endedAtTime").Time(),
                node.Member("kfm:outcome").Word<RunOutcome>(),
                parent),
            node);
        Usages(node, key);
        foreach (var f in List(node, "prov:qualifiedAssociation"))
        {
            claims.Add(new AssociatedWith(key, Decoded(f.Member("prov:agent"), ProvTerms.Actor), Decoded(f.Member("prov:hadRole"), ProvTerms.Role)), f);
        }

        foreach (var f in List(node, "prov:wasInformedBy"))
        {
            claims.Add(new InformedBy(key, Run(f)), f);
        }

        Findings(node, key);
    }

    private void Usages(JsonCursor node, RunKey key)
    {
        var qualified = new HashSet<Digest>();
        foreach (var f in List(node, "prov:qualifiedUsage"))
        {
            var content = Content(f.Member("prov:entity"));
            qualified.Add(content);
            claims.Add(new Used(key, content, Decoded(f.Member("prov:hadRole"), ProvTerms.Role)), f);
        }

        if (!qualified.SetEquals(List(node, "prov:used").Select(Content)))
        {
            claims.Problems.Add(("C3", node.Pointer, $"prov:used and prov:qualifiedUsage of {key} name other entities"));
        }
    }

    private void Findings(JsonCursor node, RunKey key)
    {
        foreach (var f in List(node, "kfm:check"))
        {
            var status = f.Member("kfm:status").Word<CheckStatus>();
            claims.Add(new Tested(key, f.Member("kfm:name").Text(), status, f.Optional("kfm:detail")?.Text()), f);
        }

        foreach (var f in List(node, "kfm:measure"))
        {
            claims.Add(new Measured(key, f.Member("kfm:metric").Text(), f.Member("kfm:value").Number(), f.Member("kfm:unit").Text()), f);
        }

        foreach (var f in List(node, "kfm:label"))
        {
            claims.Add(new Labelled(key, f.Member("kfm:name").Text(), f.Member("kfm:value").Text()), f);
        }
    }

    private void Entity(JsonCursor node)
    {
        var content = Content(node.Member("@id"));
        JsonCursor[] files = [.. List(node, "kfm:file")];
        foreach (var file in files)
        {
            claims.Add(FactReader.Artifact(file.Within(Kfm)), file);
        }

        if (node.Optional("kfm:decidedBy") is { } decidedBy)
        {
            claims.Add(FactReader.Decided(node.Within(Kfm), Run(decidedBy)), node);
        }

        // A decision that is no file of the record has the gate as its generator by being decided, not by a fact of its own.
        foreach (var generator in List(node, "prov:wasGeneratedBy").Where(_ => files.Length > 0))
        {
            claims.Add(new Generated(Run(generator), content), generator);
        }

        foreach (var f in List(node, "prov:qualifiedDerivation"))
        {
            claims.Add(new DerivedFrom(content, Content(f.Member("prov:entity")), Run(f.Member("prov:hadActivity"))), f);
        }
    }

    private void Agent(JsonCursor node)
    {
        var actor = FactReader.Actor(node.Within(Kfm));
        claims.Add(actor, node);
        foreach (var principal in List(node, "prov:actedOnBehalfOf"))
        {
            claims.Add(new ActedFor(actor.Id, Decoded(principal, ProvTerms.Actor)), principal);
        }
    }

    private RunKey Run(JsonCursor reference) => _runs.TryGetValue(reference.Text(), out var key)
        ? key
        : throw reference.Error("no activity of the bundle has this id");

    private static Digest Content(JsonCursor reference)
    {
        var text = reference.Text();
        return text.StartsWith(ProvTerms.Content, StringComparison.Ordinal) && Digest.TryParse(text[ProvTerms.Content.Length..], out var digest)
            ? digest
            : throw reference.Error("urn:kfm:sha256: and 64 hexadecimal digits are expected");
    }

    private static string Decoded(JsonCursor reference, string prefix)
    {
        var text = reference.Text();
        return text.StartsWith(prefix, StringComparison.Ordinal)
            ? Uri.UnescapeDataString(text[prefix.Length..])
            : throw reference.Error($"an IRI that starts with {prefix} is expected");
    }

    private static IEnumerable<JsonCursor> List(JsonCursor node, string property) => node.Optional(property)?.Items() ?? [];
}
