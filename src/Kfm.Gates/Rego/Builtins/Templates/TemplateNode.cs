namespace Kfm.Gates.Rego.Builtins.Templates;

/// <summary>A part of a template; <paramref name="At"/> is where it begins.</summary>
internal abstract record TemplateNode(int At);

internal sealed record TextNode(int At, string Text) : TemplateNode(At);

internal sealed record ActionNode(int At, PipeNode Pipe) : TemplateNode(At);

/// <summary>if and with, which differ in what the dot is inside.</summary>
internal sealed record BranchNode(int At, bool SetsDot, PipeNode Pipe, TemplateNode[] Body, TemplateNode[]? Else) : TemplateNode(At);

internal sealed record RangeNode(int At, PipeNode Pipe, TemplateNode[] Body, TemplateNode[]? Else) : TemplateNode(At);

/// <summary>template, and block after its definition is taken out.</summary>
internal sealed record InvokeNode(int At, string Name, PipeNode? Pipe) : TemplateNode(At);

internal sealed record JumpNode(int At, bool Continues) : TemplateNode(At);

/// <summary>A pipeline: commands, each with the result of the one before as its last argument, and the variables that take the result.</summary>
internal sealed record PipeNode(int At, string[] Variables, bool Assigns, bool OfRange, TemplateNode[][] Commands, string Source) : TemplateNode(At);

internal sealed record ConstantNode(int At, object? Value) : TemplateNode(At);

internal sealed record DotNode(int At) : TemplateNode(At);

internal sealed record NilNode(int At) : TemplateNode(At);

internal sealed record FieldNode(int At, string[] Names) : TemplateNode(At);

internal sealed record VariableNode(int At, string Name, string[] Fields) : TemplateNode(At);

internal sealed record FunctionNode(int At, string Name) : TemplateNode(At);

/// <summary>Fields of what a term in parentheses or a function gives.</summary>
internal sealed record ChainNode(int At, TemplateNode Term, string[] Fields) : TemplateNode(At);
