using Kfm.Gates.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp.Syntax;

namespace Kfm.Gates.CSharp;

/// <summary>What the namespaces of a file use: using directives, also static ones and aliases, and names that begin with <c>global::</c>.</summary>
internal static class UsingReader
{
    private const int LongestName = 500;

    public static IEnumerable<CodeReference> Read(string path, SyntaxNode root)
    {
        string[] spaces = [.. root.DescendantNodes(node => node is CompilationUnitSyntax or BaseNamespaceDeclarationSyntax)
            .OfType<BaseNamespaceDeclarationSyntax>()
            .Select(FullName)
            .Distinct(StringComparer.Ordinal)];

        // A using stands for all namespaces of the file that it lies in; one of a file without any is of the global namespace.
        return from used in Used(root) from space in spaces.DefaultIfEmpty("") select new CodeReference(space, used, path);
    }

    private static IEnumerable<string> Used(SyntaxNode root) => root.DescendantNodes()
        .Where(node => node.Span.Length <= LongestName || node is UsingDirectiveSyntax)
        .Select(node => node switch
        {
            UsingDirectiveSyntax directive => directive.NamespaceOrType.ToString(),
            QualifiedNameSyntax { Parent: not (QualifiedNameSyntax or BaseNamespaceDeclarationSyntax) } name => name.ToString(),
            MemberAccessExpressionSyntax { Parent: not MemberAccessExpressionSyntax } access => access.ToString(),
            _ => null,
        })
        .OfType<string>()
        .Select(Plain)
        .Where(IsName)
        .Distinct(StringComparer.Ordinal);

    private static string FullName(BaseNamespaceDeclarationSyntax space) =>
        string.Join('.', space.AncestorsAndSelf().OfType<BaseNamespaceDeclarationSyntax>().Reverse().Select(n => Plain(n.Name.ToString())));

    private static string Plain(string name)
    {
        var plain = string.Concat(name.Where(c => !char.IsWhiteSpace(c)));
        plain = plain.StartsWith("global::", StringComparison.Ordinal) ? plain["global::".Length..] : plain;
        var generic = plain.IndexOf('<', StringComparison.Ordinal);
        return generic < 0 ? plain : plain[..generic];
    }

    private static bool IsName(string name) => name.Contains('.', StringComparison.Ordinal)
        ? name.Split('.').All(part => part.Length > 0 && part.All(c => char.IsLetterOrDigit(c) || c is '_' or '@')) && char.IsUpper(name[0])
        : name.Length > 0 && name.All(c => char.IsLetterOrDigit(c) || c is '_');
}
