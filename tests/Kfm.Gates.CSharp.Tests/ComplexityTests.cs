using System.Text;

namespace Kfm.Gates.CSharp.Tests;

public class ComplexityTests
{
    [Theory]
    [InlineData("", 1)]
    [InlineData("if (a) { } else { }", 2)]
    [InlineData("if (a && b || !c) { }", 4)]
    [InlineData("while (a) { } do { } while (b); for (;;) { } foreach (var x in y) { }", 5)]
    [InlineData("foreach (var (x, y) in z) { }", 2)]
    [InlineData("switch (n) { case 1: case 2: break; case > 3: break; default: break; }", 4)]
    [InlineData("var r = n switch { 1 => 1, > 5 and < 9 => 2, _ => 3 };", 4)]
    [InlineData("try { } catch (E) when (a) { } catch { } finally { }", 3)]
    [InlineData("var r = a ? b : c ?? d; e ??= f;", 4)]
    [InlineData("Do(x => x > 1 && x < 2);", 2)]
    [InlineData("_ = o is 1 or 2;", 2)]
    [InlineData("goto end; end: return;", 1)]
    public void Branches_of_a_method_are_counted(string body, int complexity) =>
        Assert.Equal(complexity, Assert.Single(Methods($"class C {{ void M() {{ {body} }} }}")).Complexity);

    [Fact]
    public void Each_member_counts_for_itself()
    {
        var methods = Methods("""
            namespace N;
            class C
            {
                C() { if (a) { } }
                ~C() { }
                int P { get { return a ? 1 : 2; } set { } }
                int Q => a && b ? 1 : 2;
                int this[int i] => a ?? b;
                public static C operator +(C x, C y) => a ? x : y;
                public static implicit operator int(C x) => 1;
                event E Changed { add { if (a) { } } remove { } }
                void M() { if (a) { } void Local() { if (b && c) { } } }
                class Inner { void M() { } }
                int field = a ? 1 : 2;
            }
            """);
        Assert.Equal(
            [
                ("C.C", 2), ("C.~C", 1), ("C.P.get", 2), ("C.P.set", 1), ("C.Q", 3), ("C.this[]", 2), ("C.operator +", 2), ("C.operator int", 1),
                ("C.Changed.add", 2), ("C.Changed.remove", 1), ("C.M", 2), ("C.M.Local", 3), ("C.Inner.M", 1),
            ],
            methods.Select(m => (m.Name, m.Complexity)));
        Assert.Equal((4, 4), (methods[0].Line, methods[0].EndLine));
    }

    [Fact]
    public void Statements_of_a_program_are_one_method()
    {
        var methods = Methods("if (a) { }\nwhile (b) { }\nclass C { void M() { if (c) { } } }");
        Assert.Equal([("top-level statements", 3), ("C.M", 2)], methods.OrderBy(m => m.Name.Length * -1).Select(m => (m.Name, m.Complexity)));
    }

    [Fact]
    public void Code_behind_a_symbol_is_read_too()
    {
        var methods = Methods("class C {\n#if FAST && !SLOW\nvoid M() { if (a) { } }\n#endif\n#if OTHER\nvoid N() { }\n#else\nvoid O() { }\n#endif\n}");
        Assert.Equal(["C.N", "C.O"], methods.Select(m => m.Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("class C { public int P { get => field; set => field = value; } }")]
    [InlineData("class C { void M(C? c) { c?.X = 1; } }")]
    [InlineData("class C { partial void M(); required public string S { get; init; } }")]
    [InlineData("class C { void M(params ReadOnlySpan<int> x) => M([1, .. x]); }")]
    [InlineData("class C { string s = \"\"\"\n a\n \"\"\"; }")]
    public void New_syntax_is_known(string source) => Assert.Null(Parse(source).Problem);

    [Fact]
    public void What_is_no_syntax_is_told_with_its_place()
    {
        var file = Parse("class C\n{\n  void M( { if (a) { } }\n}");
        Assert.Equal(3, file.Problem!.Line);
        Assert.Single(file.Methods);
    }

    [Fact]
    public void Hostile_files_are_read_or_refused()
    {
        Assert.Throws<CSharpFormatException>(() => CSharpFile.Parse("a.cs", [0xff, 0xfe, 0x00]));
        Assert.Throws<CSharpFormatException>(() => CSharpFile.Parse("a.cs", new byte[9 << 20]));
        string[] deep =
        [
            "class C { int x = " + new string('(', 100_000), "class C { int x = " + string.Join('+', Enumerable.Repeat("1", 100_000)) + "; }",
            string.Concat(Enumerable.Repeat("namespace N { ", 20_000)), "class C { void M() { " + string.Concat(Enumerable.Repeat("if (a) ", 50_000)), new string('{', 100_000),
            "class C { int x = " + string.Concat(Enumerable.Repeat("!", 100_000)), "class C { bool x = a is " + string.Concat(Enumerable.Repeat("not ", 20_000)) + "b; }",
            "class C { bool x = a is " + string.Concat(Enumerable.Repeat("not ", 500_000)) + "b; }", "class C { " + string.Concat(Enumerable.Repeat("A<", 100_000)), "#if " + new string('!', 100_000) + "a\n#endif",
            "#if " + new string('(', 3_900) + "a\n#endif", "class C { string s = " + string.Concat(Enumerable.Repeat("$\"{", 50_000)), "class C { string s = " + string.Concat(Enumerable.Repeat("$\"{", 1_900)),
            "class C { int x = " + new string('(', 1_990), "class C { " + string.Concat(Enumerable.Repeat("A<", 1_990)), "class C { int x = " + string.Concat(Enumerable.Repeat("x => ", 15_000)) + "1; }",
            "class C { void M() { " + string.Concat(Enumerable.Repeat("else ", 50_000)), "class C { int x = a " + string.Concat(Enumerable.Repeat("? b : c ", 9_000)) + "; }",
            "class C { void M() { " + string.Concat(Enumerable.Repeat("try {", 1_900)), string.Concat(Enumerable.Repeat("class C { ", 1_900)), "[" + string.Concat(Enumerable.Repeat("A(new[] {", 1_000)),
            "app" + string.Concat(Enumerable.Repeat(".A()", 20_000)) + ";",
        ];
        foreach (var source in deep)
        {
            Assert.Null(Record.Exception(() => Parse(source)) is { } e and not CSharpFormatException ? e : null);
        }
    }

    [Fact]
    public void Usings_tell_what_a_namespace_uses()
    {
        var file = Parse("using System.Text;\nusing static System.Math;\nusing X = global::A.B<int>;\nnamespace N.M;\nusing O.P;\nclass C { System.Net.Http.HttpClient c; void F() { System.IO.File.Delete(\"\"); c.Get(); } }");
        Assert.Equal(
            ["A.B", "O.P", "System.IO.File.Delete", "System.Math", "System.Net.Http.HttpClient", "System.Text"],
            file.References.Where(r => r.From == "N.M").Select(r => r.To).Order(StringComparer.Ordinal));
    }

    private static CSharpFile Parse(string source) => CSharpFile.Parse("a.cs", Encoding.UTF8.GetBytes(source));

    private static IReadOnlyList<MethodComplexity> Methods(string source) => Parse(source).Methods;
}
