"""Text as planners' files hold it, whole and damaged, for property tests."""

from hypothesis import strategies as st

SENTENCES = (
    "ส่งเสริมและพัฒนาคุณภาพชีวิตของผู้สูงอายุให้ทั่วถึง",
    "ก่อสร้างถนนคอนกรีตเสริมเหล็ก หมู่ที่ 4 ตำบลบ้านใหม่",
    "น้ำประปาสะอาด ไฟฟ้าสว่าง ทางสะดวก",
    "๑. จัดการขยะตั้งแต่ต้นทาง (3Rs) ภายในปี พ.ศ. ๒๕๗๐",
    "เกษตรกรมีรายได้เพิ่มขึ้นร้อยละ 5 ต่อปี",
    "“เมืองน่าอยู่ ผู้คนมีสุข เศรษฐกิจก้าวหน้า”",
    "ฤๅษีตนหนึ่งอาศัยอยู่ที่ถ้ำแห่งนี้มานานแล้ว",
    "แผนพัฒนาท้องถิ่น (พ.ศ. 2566 - 2570) แก้ไขเพิ่มเติม ครั้งที่ 2",
    "ข้อ ก ข ค ง เป็นไปตามระเบียบฯ ทุก ๆ ปี",
    "Smart City และ SDGs เป้าหมายที่ 11",
)

clean = st.lists(st.sampled_from(SENTENCES), min_size=1, max_size=6).map("\n".join)

damaged = st.text(
    alphabet=st.one_of(
        st.characters(min_codepoint=0x0E00, max_codepoint=0x0E5B),
        st.sampled_from(" \n\t\r\u200b\u00a0\ufffd\u0e4d\u0e32\u0e33\u0e40ÉÊËÌÍŘšกนมา่้์ิ.-()1๒aZ"),
        st.characters(min_codepoint=0xF700, max_codepoint=0xF71A),
    ),
    max_size=120,
)
