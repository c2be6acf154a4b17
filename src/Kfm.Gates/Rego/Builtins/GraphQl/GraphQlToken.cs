namespace Kfm.Gates.Rego.Builtins.GraphQl;

/// <summary>A token; the kind is a punctuator, or one of Name, Int, Float, String, BlockString, &lt;EOF&gt; and &lt;Invalid&gt;.</summary>
internal readonly record struct GraphQlToken(string Kind, string Value, int Line, int Column)
{
    public const string Name = "Name";
    public const string Int = "Int";
    public const string Float = "Float";
    public const string String = "String";
    public const string BlockString = "BlockString";
    public const string End = "<EOF>";
    public const string Invalid = "<Invalid>";

    public override string ToString() => Kind is Name or Int or Float or String or BlockString ? $"{Kind} {GoQuote.Quote(Value)}" : Kind;
}
