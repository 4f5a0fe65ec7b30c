using ProfileStoreSender.ApplyingSegments;

namespace ProfileStoreSender.Tests.ApplyingSegments;

public sealed class SegmentDifferencesTests
{
    [Theory]
    [InlineData("""{"Name":"a"}""", """{"name":"a","UpdateTime":"now","Shared":false}""", "")]
    [InlineData("""{"Name":"a"}""", """{"Name":"A"}""", "Name")]
    [InlineData("""{"Name":"a","Category":"c"}""", """{"Name":"a"}""", "Category")]
    [InlineData("""{"Query":"a\nb"}""", """{"Query":"a\r\nb\r\n"}""", "")]
    [InlineData("""{"Query":"a\nb"}""", """{"Query":"a b"}""", "Query")]
    [InlineData("""{"Days":30}""", """{"Days":"30"}""", "")]
    [InlineData("""{"Days":30}""", """{"Days":30.0}""", "")]
    [InlineData("""{"Days":30}""", """{"Days":31}""", "Days")]
    [InlineData("""{"Text":"30"}""", """{"Text":"30.0"}""", "Text")]
    [InlineData("""{"On":true}""", """{"On":"True"}""", "")]
    [InlineData("""{"On":true}""", """{"On":false}""", "On")]
    [InlineData("""{"P":[{"Name":"x","Type":"int"},{"Name":"y","Type":"int"}]}""", """{"P":[{"Name":"y","Type":"long"},{"Name":"x","Type":"int"}]}""", "P[y].Type")]
    [InlineData("""{"P":[{"Name":"x"}]}""", """{"P":[{"Name":"z"}]}""", "P[x]")]
    [InlineData("""{"P":[{"Name":"x"}]}""", """{"P":[{"Name":"x"},{"Name":"y"}]}""", "P")]
    [InlineData("""{"F":[{"Id":"1"}]}""", """{"F":[{"Id":"2"}]}""", "F[0].Id")]
    [InlineData("""{"F":[]}""", """{"F":null}""", "F")]
    [InlineData("""{"F":null}""", """{}""", "")]
    public void Between_names_what_the_service_has_otherwise(string sent, string there, string paths) =>
        Assert.Equal(paths, string.Join(' ', SegmentDifferences.Between(SegmentJson.Object(sent, "sent"), SegmentJson.Object(there, "there"))));
}
