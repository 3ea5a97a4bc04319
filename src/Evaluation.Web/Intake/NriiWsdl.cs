using System.Security;

namespace Evaluation.Web.Intake;

/// <summary>The description of the one call, which SOAP clients ask for before they make it.</summary>
internal static class NriiWsdl
{
    public static string Text(Uri address, string ns) =>
        $"""
        <?xml version="1.0" encoding="UTF-8"?>
        <wsdl:definitions name="InstruService" targetNamespace="{ns}" xmlns:tns="{ns}"
            xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
            xmlns:xsd="http://www.w3.org/2001/XMLSchema">
          <wsdl:types>
            <xsd:schema targetNamespace="{ns}" elementFormDefault="unqualified">
              <xsd:element name="instruInfo" type="tns:instruInfo"/>
              <xsd:element name="instruInfoResponse" type="tns:instruInfoResponse"/>
              <xsd:complexType name="instruInfo"><xsd:sequence>
                <xsd:element name="insCode" type="xsd:string" minOccurs="0"/>
                <xsd:element name="instruType" type="xsd:int"/>
                <xsd:element name="instruList" type="xsd:string" minOccurs="0" maxOccurs="unbounded"/>
              </xsd:sequence></xsd:complexType>
              <xsd:complexType name="instruInfoResponse"><xsd:sequence>
                <xsd:element name="return" type="xsd:int"/>
              </xsd:sequence></xsd:complexType>
            </xsd:schema>
          </wsdl:types>
          <wsdl:message name="instruInfo"><wsdl:part name="parameters" element="tns:instruInfo"/></wsdl:message>
          <wsdl:message name="instruInfoResponse"><wsdl:part name="parameters" element="tns:instruInfoResponse"/></wsdl:message>
          <wsdl:portType name="InstruService"><wsdl:operation name="instruInfo">
            <wsdl:input message="tns:instruInfo"/><wsdl:output message="tns:instruInfoResponse"/>
          </wsdl:operation></wsdl:portType>
          <wsdl:binding name="InstruServiceSoapBinding" type="tns:InstruService">
            <soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
            <wsdl:operation name="instruInfo"><soap:operation soapAction="" style="document"/>
              <wsdl:input><soap:body use="literal"/></wsdl:input><wsdl:output><soap:body use="literal"/></wsdl:output>
            </wsdl:operation>
          </wsdl:binding>
          <wsdl:service name="InstruService"><wsdl:port name="InstruServicePort" binding="tns:InstruServiceSoapBinding">
            <soap:address location="{SecurityElement.Escape(address.ToString())}"/>
          </wsdl:port></wsdl:service>
        </wsdl:definitions>
        """;
}
