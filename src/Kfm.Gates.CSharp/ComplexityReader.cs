using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kfm.Gates.CSharp;

/// <summary>Counts the branches of each method.</summary>
internal static class ComplexityReader
{
    public static IEnumerable<MethodComplexity> Read(SyntaxNode root)
    {
        var branches = new Dictionary<SyntaxNode, int>();
        foreach (var node in root.DescendantNodes())
        {
            if (IsMethod(node))
            {
                branches.TryAdd(node, 0);
            }

            if (IsBranch(node) && node.Ancestors().FirstOrDefault(a => IsMethod(a) || a is CompilationUnitSyntax) is { } owner)
            {
                branches[owner] = branches.GetValueOrDefault(owner) + 1;
            }
        }

        // Branches outside of methods are those of a program's statements, or of field initializers, which are no method.
        return branches
            .Where(method => method.Key is not CompilationUnitSyntax unit || unit.Members.OfType<GlobalStatementSyntax>().Any())
            .Select(method => Describe(method.Key, method.Value + 1));
    }

    private static MethodComplexity Describe(SyntaxNode node, int complexity)
    {
        var span = node.SyntaxTree.GetLineSpan(node is CompilationUnitSyntax ? node.FullSpan : node.Span);
        return new MethodComplexity(NameOf(node), span.StartLinePosition.Line + 1, span.EndLinePosition.Line + 1, complexity);
    }

    private static bool IsMethod(SyntaxNode node) => node switch
    {
        BaseMethodDeclarationSyntax or AccessorDeclarationSyntax or LocalFunctionStatementSyntax => true,
        PropertyDeclarationSyntax property => property.ExpressionBody is not null,
        IndexerDeclarationSyntax indexer => indexer.ExpressionBody is not null,
        _ => false,
    };

    private static bool IsBranch(SyntaxNode node) => node.Kind() switch
    {
        SyntaxKind.IfStatement or SyntaxKind.WhileStatement or SyntaxKind.DoStatement or SyntaxKind.ForStatement => true,
        SyntaxKind.ForEachStatement or SyntaxKind.ForEachVariableStatement or SyntaxKind.CatchClause => true,
        SyntaxKind.CaseSwitchLabel or SyntaxKind.CasePatternSwitchLabel or SyntaxKind.ConditionalExpression => true,
        SyntaxKind.LogicalAndExpression or SyntaxKind.LogicalOrExpression => true,
        SyntaxKind.CoalesceExpression or SyntaxKind.CoalesceAssignmentExpression => true,
        SyntaxKind.AndPattern or SyntaxKind.OrPattern => true,
        SyntaxKind.SwitchExpressionArm => ((SwitchExpressionArmSyntax)node).Pattern is not DiscardPatternSyntax,
        _ => false,
    };

    private static string NameOf(SyntaxNode node)
    {
        var types = node.Ancestors().Select(OwnerName).OfType<string>().Reverse();
        return string.Join('.', types.Append(OwnName(node)));
    }

    private static string? OwnerName(SyntaxNode node) => node switch
    {
        BaseTypeDeclarationSyntax type => type.Identifier.ValueText,
        MethodDeclarationSyntax or LocalFunctionStatementSyntax or PropertyDeclarationSyntax or ConstructorDeclarationSyntax => OwnName(node),
        IndexerDeclarationSyntax => "this[]",
        EventDeclarationSyntax happening => happening.Identifier.ValueText,
        _ => null,
    };

    private static string OwnName(SyntaxNode node) => node switch
    {
        MethodDeclarationSyntax method => method.Identifier.ValueText,
        ConstructorDeclarationSyntax constructor => constructor.Identifier.ValueText,
        DestructorDeclarationSyntax destructor => "~" + destructor.Identifier.ValueText,
        OperatorDeclarationSyntax op => "operator " + op.OperatorToken.ValueText,
        ConversionOperatorDeclarationSyntax conversion => "operator " + conversion.Type,
        LocalFunctionStatementSyntax local => local.Identifier.ValueText,
        PropertyDeclarationSyntax property => property.Identifier.ValueText,
        IndexerDeclarationSyntax => "this[]",
        AccessorDeclarationSyntax accessor => accessor.Keyword.ValueText,
        _ => "top-level statements",
    };
}
