using System.Text;
using FsCheck;
using FsCheck.Fluent;
using Kfm.Gates.Contracts;
using Kfm.Provenance.Json;
using Kfm.Provenance.JsonSchema;

namespace Kfm.Gates.Tests.Contracts;

public class DataContractTests
{
    private const string Schema = """
        {
          "type": "object",
          "required": ["id", "name"],
          "properties": {
            "id": { "type": "integer", "minimum": 1 },
            "name": { "type": "string", "minLength": 2 },
            "area": { "type": "number" },
            "open": { "type": "boolean" }
          },
          "additionalProperties": false
        }
        """;

    private static ContractResult Check(string csv, ContractOptions? options = null, string schema = Schema) =>
        DataContract.Compile(Encoding.UTF8.GetBytes(schema), options).CheckCsv(Encoding.UTF8.GetBytes(csv));

    [Theory]
    [InlineData("id,name\n1,Ada\n")]
    [InlineData("id,name,area,open\r\n1,Ada,1.5e3,true\r\n2,\"Bob, \"\"B\"\"\",,false")]
    [InlineData("\uFEFFid,name\n1,\"two\nlines\"\n")]
    [InlineData("id,name\n")]
    public void Rows_that_meet_the_contract_pass(string csv) => Assert.True(Check(csv).IsValid);

    [Theory]
    [InlineData("id,name\n0,Ada\n", 1, "id")]
    [InlineData("id,name\n1,Ada\n007,Bob\n", 2, "id")]
    [InlineData("id,name\n1,Ada\n2,B\n", 2, "name")]
    [InlineData("id,name\n1.5,Ada\n", 1, "id")]
    [InlineData("id,name\n,Ada\n", 1, "")]
    [InlineData("id,name,open\n1,Ada,TRUE\n", 1, "open")]
    [InlineData("id,name,other\n1,Ada,x\n", 1, "other")]
    public void Breach_names_row_and_column(string csv, long row, string place)
    {
        var breach = Assert.Single(Check(csv).Breaches);
        Assert.Equal((row, place), (breach.Row, breach.Place));
    }

    [Theory]
    [InlineData("", 1, 0)]
    [InlineData("id,id\n", 1, 2)]
    [InlineData("id,\n", 1, 2)]
    [InlineData("id,name\n1\n", 2, 0)]
    [InlineData("id,name\n1,\"a\"b\n", 2, 2)]
    [InlineData("id,name\n1,a\"b\n", 2, 2)]
    [InlineData("id,name\n1,Ada\n2,\"open\n\n", 3, 2)]
    [InlineData("id,name\n1,a\rb\n", 2, 2)]
    public void Malformed_file_is_refused_at_its_place(string csv, long line, int column)
    {
        var error = Assert.Throws<CsvFormatException>(() => Check(csv));
        Assert.Equal((line, column), (error.Line, error.Column));
    }

    [Fact]
    public void Text_that_is_not_utf8_is_refused() => Assert.Throws<CsvFormatException>(() =>
        DataContract.Compile("{}"u8).CheckCsv([(byte)'a', (byte)'\n', 0xFF]));

    [Fact]
    public void Limits_are_kept()
    {
        Assert.Throws<CsvFormatException>(() => Check("id,name\n1,Ada\n2,Bob\n", new ContractOptions { MaxRows = 1 }));
        Assert.Throws<CsvFormatException>(() => Check("id,name\n", new ContractOptions { MaxColumns = 1 }));
        Assert.Throws<CsvFormatException>(() => Check("id,name\n", new ContractOptions { MaxFieldLength = 3 }));
        var capped = Check("id,name\n0,Ada\n0,Bob\n0,Cyd\n", new ContractOptions { MaxBreaches = 2 });
        Assert.Equal((3, 3, 2), (capped.Rows, capped.BreachCount, capped.Breaches.Count));
    }

    [Fact]
    public void Type_behind_a_reference_is_not_guessed() => Assert.Throws<SchemaFormatException>(() =>
        Check("id\n1\n", schema: """{"properties":{"id":{"$ref":"#/$defs/id"}},"$defs":{"id":{"type":"integer"}}}"""));

    [Fact]
    public void Json_lines_are_rows()
    {
        var contract = DataContract.Compile(Encoding.UTF8.GetBytes(Schema));
        var result = contract.Check("a.ndjson", "{\"id\":1,\"name\":\"Ada\"}\n{\"id\":2}\n\n"u8);
        Assert.Equal(2, result.Rows);
        Assert.Equal(new ContractBreach(2, "", "The member 'name' is missing."), Assert.Single(result.Breaches));
        Assert.Equal(26, Assert.Throws<JsonFormatException>(() => contract.CheckLines("{\"id\":1,\"name\":\"Ada\"}   \n{"u8)).BytePosition);
    }

    [Fact]
    public void Json_file_is_checked_as_a_whole()
    {
        var contract = DataContract.Compile("""{"items":{"type":"integer"}}"""u8);
        Assert.Equal("/1", Assert.Single(contract.Check("a.json", "[1,\"x\"]"u8).Breaches).Place);
    }

    [Fact]
    public void Any_text_is_a_result_or_the_one_exception()
    {
        var pieces = Gen.Elements("id", "name", ",", "\n", "\r\n", "\"", "\"\"", "1", "x", "\r", " ", "é");
        Prop.ForAll(Arb.From(pieces.ListOf().Select(p => string.Concat(p))), text =>
        {
            try
            {
                return Check(text).Rows >= 0;
            }
            catch (CsvFormatException)
            {
                return true;
            }
        }).QuickCheckThrowOnFailure();
    }
}
