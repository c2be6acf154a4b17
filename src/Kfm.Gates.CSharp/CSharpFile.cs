using System.Text;
using Kfm.Gates.Architecture;
using Microsoft.CodeAnalysis;
using Microsoft.CodeAnalysis.CSharp;
using Microsoft.CodeAnalysis.CSharp.Syntax;
using Microsoft.CodeAnalysis.Text;

namespace Kfm.Gates.CSharp;

/// <summary>A C# file as its syntax tells it. It is parsed and never compiled, so names are what they look like.</summary>
/// <remarks>
/// Code behind <c>#if</c> is read with none and with all of the symbols that the file asks for; what only a mixture of them shows, as <c>#else</c> of an
/// inner condition may, is not seen. The language version is the newest that the parser knows.
/// </remarks>
public sealed class CSharpFile
{
    private const int MaxBytes = 8 << 20;
    private static readonly UTF8Encoding Strict = new(false, throwOnInvalidBytes: true);
    private static readonly CSharpParseOptions Options = new(LanguageVersion.Preview, DocumentationMode.None);

    private CSharpFile(string path, SyntaxTree[] trees)
    {
        Path = path;
        Problem = trees.Select(FirstProblem).FirstOrDefault(problem => problem is not null);
        Methods = [.. trees.SelectMany(tree => ComplexityReader.Read(tree.GetRoot())).Distinct().OrderBy(m => m.Line).ThenBy(m => m.Name, StringComparer.Ordinal)];
        Endpoints = [.. trees.SelectMany(tree => EndpointReader.Read(path, tree.GetRoot())).Distinct().OrderBy(e => e.Line).ThenBy(e => e.Name, StringComparer.Ordinal)];
        References = [.. trees.SelectMany(tree => UsingReader.Read(path, tree.GetRoot())).Distinct()];
    }

    /// <summary>The path of the file.</summary>
    public string Path { get; }

    /// <summary>The first place that is not C# as the parser knows it; null when there is none. What the parser made of the rest is read nevertheless.</summary>
    public SyntaxProblem? Problem { get; }

    /// <summary>The methods by line.</summary>
    public IReadOnlyList<MethodComplexity> Methods { get; }

    /// <summary>The HTTP endpoints by line.</summary>
    public IReadOnlyList<HttpEndpoint> Endpoints { get; }

    /// <summary>What the namespaces of the file use, by its using directives.</summary>
    public IReadOnlyList<CodeReference> References { get; }

    /// <summary>Parses a file.</summary>
    /// <param name="path">The path, for places and errors.</param>
    /// <param name="utf8">The file, UTF-8 with or without a byte order mark, at most 8 MiB.</param>
    /// <exception cref="CSharpFormatException">The file is too large, not UTF-8, or nested too deeply, or the parser gave up.</exception>
    public static CSharpFile Parse(string path, ReadOnlySpan<byte> utf8)
    {
        ArgumentNullException.ThrowIfNull(path);
        if (utf8.Length > MaxBytes)
        {
            throw new CSharpFormatException(path, $"a file has at most {MaxBytes} bytes");
        }

        var source = Decode(path, utf8);
        if (NestingGuard.Refusal(source) is { } reason)
        {
            throw new CSharpFormatException(path, reason);
        }

        try
        {
            return NestingGuard.OnLargeStack(() => Parse(path, SourceText.From(source)));
        }
        catch (InvalidOperationException e)
        {
            throw new CSharpFormatException(path, e.InnerException is InsufficientExecutionStackException ? "the file is nested too deeply" : "the parser gave up", e);
        }
    }

    private static CSharpFile Parse(string path, SourceText text)
    {
        var tree = CSharpSyntaxTree.ParseText(text, Options);
        var symbols = Symbols(tree.GetRoot());
        return new CSharpFile(path, symbols.Length == 0 ? [tree] : [tree, CSharpSyntaxTree.ParseText(text, Options.WithPreprocessorSymbols(symbols))]);
    }

    private static string Decode(string path, ReadOnlySpan<byte> utf8)
    {
        try
        {
            return Strict.GetString(utf8.StartsWith("\uFEFF"u8) ? utf8[3..] : utf8);
        }
        catch (DecoderFallbackException e)
        {
            throw new CSharpFormatException(path, "the file is not UTF-8", e);
        }
    }

    private static string[] Symbols(SyntaxNode root) => root.ContainsDirectives
        ? [.. root.DescendantNodes(descendIntoTrivia: true)
            .OfType<ConditionalDirectiveTriviaSyntax>()
            .SelectMany(directive => directive.Condition.DescendantNodesAndSelf().OfType<IdentifierNameSyntax>())
            .Select(name => name.Identifier.ValueText)
            .Distinct(StringComparer.Ordinal)]
        : [];

    private static SyntaxProblem? FirstProblem(SyntaxTree tree)
    {
        var first = tree.GetDiagnostics().FirstOrDefault(d => d.Severity == DiagnosticSeverity.Error);
        var place = first?.Location.GetLineSpan().StartLinePosition;
        return place is { } at ? new SyntaxProblem(at.Line + 1, at.Character + 1, first!.GetMessage(System.Globalization.CultureInfo.InvariantCulture)) : null;
    }
}
