using System.Text.Json.Nodes;
using Kfm.Provenance.Digests;
using Kfm.Provenance.Evidence;

namespace Kfm.Provenance.Prov;

/// <summary>The context of the bundle and the IRIs of its nodes.</summary>
internal static class ProvTerms
{
    public const string Run = "urn:uuid:";
    public const string Content = "urn:kfm:";
    public const string Actor = "urn:kfm:actor:";
    public const string Role = "urn:kfm:role:";

    private static readonly string[] References =
    [
        "kfm:decidedBy", "kfm:parent", "prov:actedOnBehalfOf", "prov:agent", "prov:entity", "prov:hadActivity", "prov:hadRole", "prov:used",
        "prov:wasAssociatedWith", "prov:wasDerivedFrom", "prov:wasGeneratedBy", "prov:wasInformedBy",
    ];

    private static readonly string[] Times = ["prov:endedAtTime", "prov:startedAtTime"];

    public static JsonObject Context()
    {
        var context = new JsonObject
        {
            ["@version"] = 1.1,
            ["kfm"] = "https://kfm.dev/ns#",
            ["prov"] = "http://www.w3.org/ns/prov#",
            ["xsd"] = "http://www.w3.org/2001/XMLSchema#",
        };
        foreach (var term in References)
        {
            context[term] = new JsonObject { ["@type"] = "@id" };
        }

        foreach (var term in Times)
        {
            context[term] = new JsonObject { ["@type"] = "xsd:dateTime" };
        }

        return context;
    }

    public static string OfContent(Digest digest) => Content + digest;

    public static string OfActor(string id) => Actor + Uri.EscapeDataString(id);

    public static string OfRole(string role) => Role + Uri.EscapeDataString(role);

    public static string OfFact(Fact fact) => "urn:kfm:fact:" + Digest.Of(FactJson.Canonical(FactJson.Write(fact))).Hex;
}
