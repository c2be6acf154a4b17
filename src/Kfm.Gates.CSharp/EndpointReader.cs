using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kfm.Gates.CSharp;

/// <summary>Finds the endpoints of a file: actions of controllers and mapped routes.</summary>
internal static class EndpointReader
{
    public static IEnumerable<HttpEndpoint> Read(string path, SyntaxNode root)
    {
        var routes = new MappedRoutes(path, root);
        foreach (var node in root.DescendantNodes())
        {
            if (node is ClassDeclarationSyntax type && ControllerActions.IsController(type))
            {
                foreach (var action in ControllerActions.Read(path, type))
                {
                    yield return action;
                }
            }
            else if (node is InvocationExpressionSyntax call && routes.Read(call) is { } endpoint)
            {
                yield return endpoint;
            }
        }
    }
}
