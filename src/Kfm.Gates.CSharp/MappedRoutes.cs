using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kfm.Gates.CSharp;

/// <summary>Calls of <c>MapGet</c> and its like, with what is called on their result and on the groups that they belong to.</summary>
internal sealed class MappedRoutes
{
    private const int MaxDepth = 32;

    private static readonly Dictionary<string, string> VerbsByCall = new(StringComparer.Ordinal)
    {
        ["Map"] = "ANY",
        ["MapDelete"] = "DELETE",
        ["MapFallback"] = "ANY",
        ["MapGet"] = "GET",
        ["MapHub"] = "ANY",
        ["MapMethods"] = "ANY",
        ["MapPatch"] = "PATCH",
        ["MapPost"] = "POST",
        ["MapPut"] = "PUT",
    };

    private readonly string _path;
    private readonly ILookup<string, ExpressionSyntax> _values;
    private readonly ILookup<string, InvocationExpressionSyntax> _statements;

    public MappedRoutes(string path, SyntaxNode root)
    {
        _path = path;
        _values = root.DescendantNodes().OfType<VariableDeclaratorSyntax>()
            .Where(variable => variable.Initializer is not null)
            .ToLookup(variable => variable.Identifier.ValueText, variable => variable.Initializer!.Value, StringComparer.Ordinal);
        _statements = root.DescendantNodes().OfType<ExpressionStatementSyntax>()
            .Select(statement => statement.Expression)
            .OfType<InvocationExpressionSyntax>()
            .Where(call => Root(call) is not null)
            .ToLookup(call => Root(call)!, StringComparer.Ordinal);
    }

    public HttpEndpoint? Read(InvocationExpressionSyntax call)
    {
        if (call.Expression is not MemberAccessExpressionSyntax access
            || !VerbsByCall.TryGetValue(access.Name.Identifier.ValueText, out var verb)
            || call.ArgumentList.Arguments.Count == 0
            || !IsRoute(access.Name, call.ArgumentList.Arguments))
        {
            return null;
        }

        var arguments = call.ArgumentList.Arguments;
        var (prefix, grant) = Group(access.Expression, 0);
        grant = grant.With(Chained(call)).With(Handlers(arguments)).With(Assigned(call));
        var template = SyntaxNames.Literal(arguments[0].Expression) is { } literal ? SyntaxNames.Route(prefix, literal) : "?";
        return new HttpEndpoint($"{verb} {template}", _path, SyntaxNames.LineOf(access.Name), grant.Access, grant.DemandText);
    }

    // Map is also the name of what maps objects: a route is a text, or there is a handler beside it.
    private static bool IsRoute(SimpleNameSyntax name, SeparatedSyntaxList<ArgumentSyntax> arguments) => name.Identifier.ValueText switch
    {
        "Map" => SyntaxNames.Literal(arguments[0].Expression)?.StartsWith('/') == true && arguments.Count > 1,
        "MapHub" or "MapFallback" => true,
        _ => arguments.Count > 1,
    };

    /// <summary>Route and access of the group on which something is mapped.</summary>
    private (string? Prefix, EndpointGrant Grant) Group(ExpressionSyntax expression, int depth)
    {
        if (depth == MaxDepth)
        {
            return (null, EndpointGrant.None);
        }

        if (expression is IdentifierNameSyntax name)
        {
            var grant = Called(name.Identifier.ValueText);
            return _values[name.Identifier.ValueText].ToArray() is [var value]
                ? Group(value, depth + 1) is var (outer, inherited) ? (outer, inherited.With(grant)) : default
                : (null, grant);
        }

        if (expression is not InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access } call)
        {
            return (null, EndpointGrant.None);
        }

        var (prefix, own) = Group(access.Expression, depth + 1);
        var method = access.Name.Identifier.ValueText;
        return method is "MapGroup"
            ? (SyntaxNames.Route(prefix, call.ArgumentList.Arguments is [var template, ..] ? SyntaxNames.Literal(template.Expression) : null), own)
            : (prefix, own.With(EndpointGrant.OfCall(method, call.ArgumentList)));
    }

    /// <summary>What is called on the result: <c>app.MapGet(…).RequireAuthorization()</c>.</summary>
    private static EndpointGrant Chained(InvocationExpressionSyntax call)
    {
        var grant = EndpointGrant.None;
        while (call.Parent is MemberAccessExpressionSyntax { Parent: InvocationExpressionSyntax outer } access)
        {
            grant = grant.With(EndpointGrant.OfCall(access.Name.Identifier.ValueText, outer.ArgumentList));
            call = outer;
        }

        return grant;
    }

    /// <summary>What is called on the variable that keeps the result.</summary>
    private EndpointGrant Assigned(InvocationExpressionSyntax call) =>
        call.FirstAncestorOrSelf<VariableDeclaratorSyntax>() is { } variable && variable.Initializer?.Value.Span.Contains(call.Span) == true && call.FirstAncestorOrSelf<LambdaExpressionSyntax>() is null
            ? Called(variable.Identifier.ValueText)
            : EndpointGrant.None;

    private EndpointGrant Called(string variable)
    {
        var grant = EndpointGrant.None;
        foreach (var call in _statements[variable])
        {
            // Of a statement that maps something the calls are about what is mapped, not about the variable.
            var calls = call.DescendantNodesAndSelf().OfType<InvocationExpressionSyntax>().Where(c => c.Expression is MemberAccessExpressionSyntax).ToArray();
            if (Array.TrueForAll(calls, c => !((MemberAccessExpressionSyntax)c.Expression).Name.Identifier.ValueText.StartsWith("Map", StringComparison.Ordinal)))
            {
                grant = calls.Aggregate(grant, (sum, c) => sum.With(EndpointGrant.OfCall(((MemberAccessExpressionSyntax)c.Expression).Name.Identifier.ValueText, c.ArgumentList)));
            }
        }

        return grant;
    }

    private static EndpointGrant Handlers(IEnumerable<ArgumentSyntax> arguments) => arguments
        .Select(argument => argument.Expression)
        .OfType<LambdaExpressionSyntax>()
        .Aggregate(EndpointGrant.None, (grant, lambda) => grant.With(EndpointGrant.OfAttributes(lambda.AttributeLists)));

    /// <summary>The variable at the start of a chain of calls; null when something else stands there.</summary>
    private static string? Root(InvocationExpressionSyntax call)
    {
        ExpressionSyntax expression = call;
        while (expression is InvocationExpressionSyntax { Expression: MemberAccessExpressionSyntax access })
        {
            expression = access.Expression;
        }

        return (expression as IdentifierNameSyntax)?.Identifier.ValueText;
    }
}
