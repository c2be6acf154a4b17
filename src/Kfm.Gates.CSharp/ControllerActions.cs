using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kfm.Gates.CSharp;

/// <summary>The actions of a controller: its public methods that are not <c>NonAction</c>.</summary>
internal static class ControllerActions
{
    public static bool IsController(ClassDeclarationSyntax type)
    {
        string[] attributes = [.. type.AttributeLists.SelectMany(list => list.Attributes).Select(SyntaxNames.OfAttribute)];
        return !type.Modifiers.Any(SyntaxKind.StaticKeyword)
            && !attributes.Contains("NonController", StringComparer.Ordinal)
            && (attributes.Contains("ApiController", StringComparer.Ordinal)
                || attributes.Contains("Controller", StringComparer.Ordinal)
                || type.Identifier.ValueText.EndsWith("Controller", StringComparison.Ordinal)
                || (type.BaseList?.Types.Any(t => SyntaxNames.OfType(t.Type) is "Controller" or "ControllerBase" or "ODataController") ?? false));
    }

    public static IEnumerable<HttpEndpoint> Read(string path, ClassDeclarationSyntax type)
    {
        var controller = type.Identifier.ValueText;
        controller = controller.EndsWith("Controller", StringComparison.Ordinal) ? controller[..^"Controller".Length] : controller;
        var prefix = Templates(type.AttributeLists, "Route").FirstOrDefault();
        var outer = EndpointGrant.OfAttributes(type.AttributeLists);
        foreach (var method in type.Members.OfType<MethodDeclarationSyntax>().Where(IsAction))
        {
            var grant = outer.With(EndpointGrant.OfAttributes(method.AttributeLists));
            foreach (var (verb, template) in Verbs(method))
            {
                var route = SyntaxNames.Route(prefix, template ?? (prefix is null ? $"[controller]/{method.Identifier.ValueText}" : null))
                    .Replace("[controller]", controller, StringComparison.OrdinalIgnoreCase)
                    .Replace("[action]", method.Identifier.ValueText, StringComparison.OrdinalIgnoreCase);
                yield return new HttpEndpoint($"{verb} {route}", path, SyntaxNames.LineOf(method), grant.Access, grant.DemandText);
            }
        }
    }

    private static bool IsAction(MethodDeclarationSyntax method) =>
        method.Modifiers.Any(SyntaxKind.PublicKeyword)
        && !method.Modifiers.Any(SyntaxKind.StaticKeyword)
        && !method.Modifiers.Any(SyntaxKind.AbstractKeyword)
        && !method.AttributeLists.SelectMany(list => list.Attributes).Any(a => SyntaxNames.OfAttribute(a) is "NonAction");

    private static IEnumerable<(string Verb, string? Template)> Verbs(MethodDeclarationSyntax method)
    {
        var own = Templates(method.AttributeLists, "Route").FirstOrDefault();
        var verbs = method.AttributeLists.SelectMany(list => list.Attributes)
            .Select(attribute => (Name: SyntaxNames.OfAttribute(attribute), Attribute: attribute))
            .Where(a => a.Name is "HttpGet" or "HttpPost" or "HttpPut" or "HttpDelete" or "HttpPatch" or "HttpHead" or "HttpOptions" or "AcceptVerbs")
            .SelectMany(a => a.Name is "AcceptVerbs"
                ? Arguments(a.Attribute).Select(verb => (verb.ToUpperInvariant(), own))
                : [(a.Name["Http".Length..].ToUpperInvariant(), Arguments(a.Attribute).FirstOrDefault() ?? own)]);
        return verbs.DefaultIfEmpty(("ANY", own));
    }

    private static IEnumerable<string> Templates(SyntaxList<AttributeListSyntax> lists, string name) => lists
        .SelectMany(list => list.Attributes)
        .Where(attribute => SyntaxNames.OfAttribute(attribute) == name)
        .SelectMany(Arguments);

    private static IEnumerable<string> Arguments(AttributeSyntax attribute) =>
        (attribute.ArgumentList?.Arguments ?? default).Where(argument => argument.NameEquals is null).SelectMany(argument => SyntaxNames.Literals(argument.Expression));
}
