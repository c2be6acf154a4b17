using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kfm.Gates.CSharp;

/// <summary>What attributes and calls say about access. What stands on an outer thing holds for the inner ones.</summary>
internal readonly record struct EndpointGrant(bool Anonymous, bool Authenticated, IReadOnlyList<string> Demands)
{
    public static EndpointGrant None { get; } = new(false, false, []);

    public EndpointAccess Access => Anonymous ? EndpointAccess.Anonymous : Authenticated ? EndpointAccess.Authenticated : EndpointAccess.Unsaid;

    public string DemandText => string.Join(',', Demands.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));

    public EndpointGrant With(EndpointGrant other) => new(Anonymous || other.Anonymous, Authenticated || other.Authenticated, [.. Demands, .. other.Demands]);

    public static EndpointGrant OfAttributes(SyntaxList<AttributeListSyntax> lists)
    {
        var grant = None;
        foreach (var attribute in lists.SelectMany(list => list.Attributes))
        {
            grant = SyntaxNames.OfAttribute(attribute) switch
            {
                "AllowAnonymous" => grant with { Anonymous = true },
                "Authorize" => grant.With(new EndpointGrant(false, true, [.. AuthorizeDemands(attribute)])),
                _ => grant,
            };
        }

        return grant;
    }

    public static EndpointGrant OfCall(string method, ArgumentListSyntax arguments) => method switch
    {
        "AllowAnonymous" => None with { Anonymous = true },
        "RequireAuthorization" => new EndpointGrant(false, true, [.. arguments.Arguments.SelectMany(argument => SyntaxNames.Literals(argument.Expression))]),
        _ => None,
    };

    // Roles is a list with commas; the first argument without a name is a policy.
    private static IEnumerable<string> AuthorizeDemands(AttributeSyntax attribute) => (attribute.ArgumentList?.Arguments ?? default).SelectMany(argument =>
        argument.NameEquals?.Name.Identifier.ValueText switch
        {
            "Roles" => SyntaxNames.Literals(argument.Expression).SelectMany(roles => roles.Split(',', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries)),
            null or "Policy" => SyntaxNames.Literals(argument.Expression),
            _ => [],
        });
}
