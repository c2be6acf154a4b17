using System.Text.Json;
using Kfm.Gates.Architecture;
using Kfm.Gates.Packs;

namespace Kfm.Gates.CSharp;

/// <summary>What the security pack demands of endpoints.</summary>
public sealed class EndpointRules
{
    private readonly string[] _anonymous;
    private readonly (string[] Routes, string[] AnyOf)[] _roles;

    /// <summary>Takes the rules of a pack.</summary>
    /// <param name="pack">The security pack.</param>
    public EndpointRules(PolicyPack pack)
    {
        ArgumentNullException.ThrowIfNull(pack);
        var rule = pack.Rule("endpoints");
        _anonymous = Texts(rule, "anonymous");
        _roles = [.. rule.GetProperty("roles").EnumerateArray().Select(role => (Texts(role, "routes"), Texts(role, "anyOf")))];
    }

    /// <summary>What an endpoint lacks, as a sentence; null when it lacks nothing.</summary>
    /// <param name="endpoint">The endpoint.</param>
    public string? Lack(HttpEndpoint endpoint)
    {
        ArgumentNullException.ThrowIfNull(endpoint);
        var demands = endpoint.Demands.Split(',');
        var role = Array.Find(_roles, role => Names(role.Routes, endpoint.Name) && (endpoint.Access == EndpointAccess.Anonymous || !role.AnyOf.Intersect(demands, StringComparer.Ordinal).Any()));
        if (role.AnyOf is { } anyOf)
        {
            return $"{endpoint}: demands none of {string.Join(", ", anyOf)}";
        }

        return endpoint.Access == EndpointAccess.Authenticated || Names(_anonymous, endpoint.Name)
            ? null
            : endpoint.Access == EndpointAccess.Anonymous ? $"{endpoint}: allows anyone, and the pack does not list it" : $"{endpoint}: demands no authentication";
    }

    private static bool Names(string[] patterns, string name) => Array.Exists(patterns, pattern => DottedName.Wildcard(pattern, name));

    private static string[] Texts(JsonElement element, string name) => [.. element.GetProperty(name).EnumerateArray().Select(text => text.GetString()!)];
}
