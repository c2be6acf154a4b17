using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kfm.Gates.CSharp;

/// <summary>Names and literals in syntax.</summary>
internal static class SyntaxNames
{
    /// <summary>The name of an attribute without its namespace and its end.</summary>
    public static string OfAttribute(AttributeSyntax attribute)
    {
        var name = attribute.Name switch
        {
            QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
            AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
            SimpleNameSyntax simple => simple.Identifier.ValueText,
            _ => "",
        };
        return name.EndsWith("Attribute", StringComparison.Ordinal) ? name[..^"Attribute".Length] : name;
    }

    /// <summary>The text of a literal, or of each literal that an expression holds, as an array of roles does.</summary>
    public static IEnumerable<string> Literals(ExpressionSyntax expression) => expression.DescendantNodesAndSelf()
        .OfType<LiteralExpressionSyntax>()
        .Where(literal => literal.IsKind(SyntaxKind.StringLiteralExpression))
        .Select(literal => literal.Token.ValueText);

    /// <summary>The text of an expression that is one literal; null for any other.</summary>
    public static string? Literal(ExpressionSyntax? expression) =>
        expression is LiteralExpressionSyntax literal && literal.IsKind(SyntaxKind.StringLiteralExpression) ? literal.Token.ValueText : null;

    /// <summary>The last part of a type's name.</summary>
    public static string OfType(TypeSyntax type) => type switch
    {
        QualifiedNameSyntax qualified => qualified.Right.Identifier.ValueText,
        AliasQualifiedNameSyntax alias => alias.Name.Identifier.ValueText,
        SimpleNameSyntax simple => simple.Identifier.ValueText,
        _ => "",
    };

    public static int LineOf(SyntaxNode node) => node.GetLocation().GetLineSpan().StartLinePosition.Line + 1;

    /// <summary>Parts of a route joined by one slash each.</summary>
    public static string Route(params ReadOnlySpan<string?> parts)
    {
        var route = "";
        foreach (var part in parts)
        {
            // A template that begins with a slash (or ~/) does not go on with the one before it.
            route = part is null or "" ? route : part[0] is '~' ? part[1..].Trim('/') : $"{route}/{part.Trim('/')}";
        }

        return "/" + route.Trim('/');
    }
}
