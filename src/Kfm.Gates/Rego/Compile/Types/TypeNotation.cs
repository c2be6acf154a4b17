namespace Kfm.Gates.Rego.Compile.Types;

/// <summary>
/// Reads types as they are shown: <c>number</c>, <c>array&lt;string&gt;[any]</c>, <c>object&lt;a: number&gt;[string: any]</c>, <c>set[any]</c>,
/// <c>any&lt;number, string&gt;</c>; and functions as <c>a, b -> c</c>, where a last argument with three dots may occur any number of times.
/// </summary>
internal sealed class TypeNotation
{
    private readonly string _text;
    private int _at;

    private TypeNotation(string text) => _text = text;

    /// <exception cref="InvalidOperationException">The text is not a function type.</exception>
    internal static FunctionType ReadFunction(string text)
    {
        var notation = new TypeNotation(text);
        var arguments = new List<RegoType?>();
        RegoType? further = null;
        while (!notation.Try("->"))
        {
            var type = notation.ReadType();
            if (notation.Try("..."))
            {
                further = type;
            }
            else
            {
                arguments.Add(type);
            }

            notation.Try(",");
        }

        var result = notation.Try("nothing") ? null : notation.ReadType();
        return notation.AtEnd ? new FunctionType([.. arguments], result, further) : throw notation.Bad();
    }

    private bool AtEnd
    {
        get
        {
            SkipSpace();
            return _at == _text.Length;
        }
    }

    private RegoType ReadType() => ReadName() switch
    {
        "null" => RegoType.Null,
        "boolean" => RegoType.Boolean,
        "number" => RegoType.Number,
        "string" => RegoType.String,
        "any" => Try("<") ? new AnyType(ReadList()) : RegoType.Any,
        "array" => new ArrayType(Try("<") ? [.. ReadList()] : [], Try("[") ? ReadClosed() : null),
        "set" => new SetType(Try("[") ? ReadClosed() : RegoType.Any),
        "object" => ReadObject(),
        _ => throw Bad(),
    };

    private ObjectType ReadObject()
    {
        var members = new List<KeyValuePair<RegoValue, RegoType?>>();
        if (Try("<"))
        {
            do
            {
                var name = ReadName();
                Expect(":");
                members.Add(new(RegoValue.Of(name), ReadType()));
            }
            while (Try(","));
            Expect(">");
        }

        if (!Try("["))
        {
            return new ObjectType(members, null);
        }

        var key = ReadType();
        Expect(":");
        return new ObjectType(members, (key, ReadClosed()));
    }

    private RegoType ReadClosed()
    {
        var type = ReadType();
        Expect("]");
        return type;
    }

    private List<RegoType> ReadList()
    {
        var types = new List<RegoType>();
        do
        {
            types.Add(ReadType());
        }
        while (Try(","));
        Expect(">");
        return types;
    }

    private string ReadName()
    {
        SkipSpace();
        var start = _at;
        while (_at < _text.Length && (char.IsAsciiLetterOrDigit(_text[_at]) || _text[_at] == '_'))
        {
            _at++;
        }

        return _text[start.._at];
    }

    private bool Try(string symbol)
    {
        SkipSpace();
        if (string.CompareOrdinal(_text, _at, symbol, 0, symbol.Length) != 0)
        {
            return false;
        }

        _at += symbol.Length;
        return true;
    }

    private void Expect(string symbol)
    {
        if (!Try(symbol))
        {
            throw Bad();
        }
    }

    private void SkipSpace()
    {
        while (_at < _text.Length && _text[_at] == ' ')
        {
            _at++;
        }
    }

    private InvalidOperationException Bad() => new($"'{_text}' is not a function type: see position {_at}.");
}
